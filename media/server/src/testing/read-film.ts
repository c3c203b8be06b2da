import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ReadFilm {
  /** Pictures that could be decoded. */
  readonly frames: number;
  readonly soundPackets: number;
  /** Of each picture, `320x240`; each size once. */
  readonly sizes: readonly string[];
  readonly seconds: number;
}

interface Probed {
  readonly frames?: readonly {
    readonly media_type: string;
    readonly width?: number;
    readonly height?: number;
    readonly pts_time?: string;
  }[];
}

/** Decodes a file from end to end. Throws where ffprobe does not know it. */
export async function readFilm(file: string): Promise<ReadFilm> {
  const { stdout } = await run(
    'ffprobe',
    ['-v', 'error', '-show_frames', '-show_entries'].concat([
      'frame=media_type,width,height,pts_time',
      '-of',
      'json',
      file,
    ]),
    { maxBuffer: 16 * 1024 ** 2, timeout: 60_000 },
  );
  const { frames = [] } = JSON.parse(stdout) as Probed; // ffprobe's own form.
  const pictures = frames.filter(({ media_type }) => media_type === 'video');
  const times = frames.map(({ pts_time }) => Number(pts_time ?? 0));
  return {
    frames: pictures.length,
    soundPackets: frames.length - pictures.length,
    sizes: [...new Set(pictures.map(({ width, height }) => `${width}x${height}`))],
    seconds: times.length === 0 ? 0 : Math.max(...times) - Math.min(...times),
  };
}
