import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export const partialMark = '.partial-';

/** Whether the copy is the same file still: by its size and the time of its last change. */
export async function isCopied(from: string, to: string): Promise<boolean> {
  const [source, copy] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  if (copy === null || copy.size !== source.size) return false;
  // File systems keep times at different grains.
  return Math.abs(copy.mtimeMs - source.mtimeMs) < 2_000;
}

/**
 * Copies beside the name, flushes, then renames: whoever is killed leaves the former copy or the whole new one. `sha256`:
 * what it must be; null = nobody knows. Throws a sentence where it is another one, and nothing is left of it.
 */
export async function copyFile(from: string, to: string, sha256: string | null): Promise<number> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const partial = `${to}${partialMark}${randomUUID()}`;
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    const { mtime } = await stat(from);
    await pipeline(createReadStream(from), count, createWriteStream(partial, { mode: 0o600 }));
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
