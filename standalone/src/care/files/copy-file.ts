import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Passage } from './passage.ts';

export const partialMark = '.partial-';

/** One file on its way. */
export interface CopiedFile {
  readonly from: string;
  readonly to: string;
  /** Its place in the copy. */
  readonly name: string;
  readonly passage: Passage;
}

/** Whether the copy is the same file still: by its size and the time of its last change. */
export async function isCopied({ from, to, passage }: CopiedFile): Promise<boolean> {
  const [source, copy] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  if (copy === null) return false;
  // File systems keep times at different grains.
  if (Math.abs(copy.mtimeMs - source.mtimeMs) >= 2_000) return false;
  return copy.size === (await passage.arrivingBytes(from, source.size));
}

/**
 * Copies beside the name, flushes, then renames: whoever is killed leaves the former copy or the whole new one. `sha256`:
 * what its plain bytes must have; null = nobody knows. Answers how many those are. Throws a sentence where it is another
 * one or does not open, and nothing is left of it.
 */
export async function copyFile(file: CopiedFile, sha256: string | null): Promise<number> {
  const { from, to, name, passage } = file;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const partial = `${to}${partialMark}${randomUUID()}`;
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of plain) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    const { mtime } = await stat(from);
    const passing = { path: from, name };
    await pipeline(
      createReadStream(from),
      (source: AsyncIterable<Uint8Array>) => counted(passage.plain(source, passing)),
      (plain: AsyncIterable<Uint8Array>) => passage.kept(plain, passing),
      createWriteStream(partial, { mode: 0o600 }),
    );
    const found = hash.digest('hex');
    if (sha256 !== null && found !== sha256) {
      throw new Error(`${from} is damaged: its SHA-256 is ${found}, and ${sha256} is known of it.`);
    }
    await utimes(partial, mtime, mtime);
    await flush(partial);
    await rename(partial, to);
    return bytes;
  } finally {
    await rm(partial, { force: true });
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
