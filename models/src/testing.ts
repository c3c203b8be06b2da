import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parsePpm } from '#domain/parse-ppm.ts';
import type { RgbFrame } from '#domain/face.ts';
import { fetchFootage } from '#fetch/fetch-footage.ts';
import { fetchWeights } from '#fetch/fetch-weights.ts';

/** For tests: the networks stand in `models/weights`; gives that folder. */
export async function ensureWeights(): Promise<string> {
  const { dir } = await fetchWeights();
  return dir;
}

/** For tests: the clips and portraits stand in `models/footage`; gives a function from a file's name to its path. */
export async function ensureFootage(): Promise<(name: string) => string> {
  const { dir } = await fetchFootage();
  return (name) => join(dir, name);
}

export interface DecodeOptions {
  /** Frames at most; 1 unless told. */
  readonly count?: number;
  /** Frames a second of the film; as recorded unless told. */
  readonly framesPerSecond?: number;
  readonly startSeconds?: number;
  /** An ffmpeg filter chain that changes the pictures, such as `scale=640:480`. */
  readonly filter?: string;
}

/** For tests: frames of a clip or a picture, decoded by ffmpeg. */
export async function decodeFrames(file: string, options: DecodeOptions = {}): Promise<RgbFrame[]> {
  const { count = 1, startSeconds = 0, framesPerSecond, filter } = options;
  const rate = framesPerSecond === undefined ? [] : [`fps=${framesPerSecond}`];
  const filters = [...rate, ...(filter === undefined ? [] : [filter]), 'format=rgb24'].join(',');
  const seek = startSeconds === 0 ? [] : ['-ss', String(startSeconds)];
  const output = [
    '-frames:v',
    String(count),
    '-vf',
    filters,
    '-f',
    'image2pipe',
    '-c:v',
    'ppm',
    'pipe:1',
  ];
  const args = ['-v', 'error', '-nostdin', ...seek, '-i', file, ...output];
  return parsePpm(await runFfmpeg(args));
}

function runFfmpeg(args: readonly string[]): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const options = { encoding: 'buffer', maxBuffer: 1024 ** 3, timeout: 60_000 } as const;
  execFile('ffmpeg', args, options, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else reject(new Error(`ffmpeg ${args.join(' ')}: ${stderr.toString()}`, { cause: error }));
  });
  return promise;
}
