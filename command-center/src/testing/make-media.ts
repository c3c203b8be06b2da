import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

/** A test pattern with a tone, made with ffmpeg; `size` such as 320x180. */
export async function makeFilm(film: {
  readonly kind: 'mp4' | 'webm';
  readonly size: string;
  readonly seconds: number;
  /** Pictures a second, such as 1/2000; 10 unless given. */
  readonly rate?: string;
  readonly more?: readonly string[];
}): Promise<Buffer> {
  const { kind, size, seconds, rate = '10', more = [] } = film;
  const dir = await mkdtemp(join(tmpdir(), 'sightline-film-'));
  const file = join(dir, `film.${kind}`);
  const codecs = kind === 'webm' ? ['-c:v', 'libvpx'] : ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
  const pattern = `testsrc=size=${size}:rate=${rate}`;
  const from = ['-f', 'lavfi', '-i', pattern, '-f', 'lavfi', '-i', 'sine'];
  const args = ['-v', 'error', ...from, '-t', String(seconds), ...codecs, ...more, file];
  try {
    await promisify(execFile)('ffmpeg', args, { timeout: 60_000 });
    return await readFile(file);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A grey JPEG that says where it was taken. */
export function makePicture(widthPx: number, heightPx: number): Promise<Buffer> {
  const create = { width: widthPx, height: heightPx, channels: 3, background: '#888' } as const;
  return sharp({ create })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'taken at home' } })
    .toBuffer();
}

/** What ffprobe says of a file: codecs, size, and what its maker wrote into it. */
export async function probeFilm(path: string): Promise<string> {
  const shown = 'stream=codec_name,profile,width,height:stream_tags:format_tags';
  const args = ['-v', 'error', '-show_entries', shown, '-of', 'json', path];
  return (await promisify(execFile)('ffprobe', args, { timeout: 60_000 })).stdout;
}
