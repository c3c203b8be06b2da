import { execFile } from 'node:child_process';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FetchOptions } from '#fetch/fetch-files.ts';
import { fetchFootage } from '#fetch/fetch-footage.ts';

/**
 * What the man of `cap13_edit2.mp4` does in the sample film, each in its turn, so that whatever a person is
 * asked to do comes within five seconds: he blinks, turns to his left, and in the mirror to his right.
 */
const parts = [
  { from: 16.8, to: 17.8, isMirrored: false },
  { from: 19.8, to: 21.1, isMirrored: false },
  { from: 19.8, to: 21.1, isMirrored: true },
] as const;
/** He was not asked to: people who are do it more slowly. */
const slower = 1.4;

/** A film that lets a newcomer without a camera see the real path at work; made once. Throws with the remedy. */
export async function makeSampleFilm(file: string, options: FetchOptions = {}): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (found !== null && found.size > 0) return file;
  const { dir } = await fetchFootage(options);
  const unfinished = `${file}.new.mkv`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await promisify(execFile)('ffmpeg', filmArguments(join(dir, 'cap13_edit2.mp4'), unfinished), {
      timeout: 60_000,
    });
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const remedy = isMissing ? ' Run: apt-get install ffmpeg' : '';
    throw new Error(`The sample film could not be made.${remedy}`, { cause });
  }
  return file;
}

function filmArguments(source: string, to: string): string[] {
  const cuts = parts.map(({ from, to: end, isMirrored }, i) => {
    const mirror = isMirrored ? ',hflip' : '';
    return `[0:v]trim=${from}:${end},setpts=${slower}*(PTS-STARTPTS)${mirror}[p${i}]`;
  });
  const joined = `${parts.map((_, i) => `[p${i}]`).join('')}concat=n=${parts.length}:v=1[film]`;
  const filter = [...cuts, joined].join(';');
  const picture = ['-filter_complex', filter, '-map', '[film]', '-c:v', 'mjpeg', '-q:v', '2'];
  return ['-v', 'error', '-nostdin', '-y', '-i', source, ...picture, to];
}
