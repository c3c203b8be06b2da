import { execFile } from 'node:child_process';
import type { RgbFrame } from '#domain/face.ts';
import { parsePpm } from '#domain/parse-ppm.ts';
import { LIMITS } from '#limits.ts';

export interface DecodeOptions {
  /** Frames at most; 1 unless told. */
  readonly count?: number;
  /** Frames a second of the film; as recorded unless told. */
  readonly framesPerSecond?: number;
  readonly startSeconds?: number;
  /** An ffmpeg filter chain that changes the pictures, such as `scale=640:480`. */
  readonly filter?: string;
}

/**
 * Frames of a film or a picture, decoded by ffmpeg, all in memory at once.
 * @throws Error with ffmpeg's last words when it cannot read the file, or is not installed.
 */
export async function decodeFrames(file: string, options: DecodeOptions = {}): Promise<RgbFrame[]> {
  const { count = 1, startSeconds = 0, framesPerSecond, filter } = options;
  const rate = framesPerSecond === undefined ? [] : [`fps=${framesPerSecond}`];
  const filters = [...rate, ...(filter === undefined ? [] : [filter]), 'format=rgb24'].join(',');
  const seek = startSeconds === 0 ? [] : ['-ss', String(startSeconds)];
  const output = ['-frames:v', String(count), '-vf', filters];
  const stream = ['-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'];
  const args = ['-v', 'error', '-nostdin', ...seek, '-i', `file:${file}`, ...output, ...stream];
  return parsePpm(await runFfmpeg(args, file));
}

function runFfmpeg(args: readonly string[], file: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const options = {
    encoding: 'buffer',
    maxBuffer: LIMITS.filmBytes,
    timeout: LIMITS.filmTimeoutMs,
  } as const;
  execFile('ffmpeg', args, options, (error, stdout, stderr) => {
    if (error === null) return resolve(stdout);
    const why =
      error.code === 'ENOENT'
        ? 'ffmpeg is not installed or not on PATH'
        : (stderr.toString().trim().split('\n').at(-1) ?? error.message);
    reject(new Error(`${file} cannot be decoded: ${why}`, { cause: error }));
  });
  return promise;
}
