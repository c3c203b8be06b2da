import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashFile } from '#fetch/hash-file.ts';
import type { PinnedFile } from '#manifest.ts';

/**
 * Copies a file to where it belongs, whole or not at all: a reader never sees half of it.
 * @throws Error that names both hashes when the copy is not what the manifest pins.
 */
export async function placeFile(
  from: string,
  to: string,
  { pinned, signal }: { pinned: PinnedFile; signal?: AbortSignal },
): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const half = join(dirname(to), `.${pinned.file}.${randomUUID()}.part`);
  try {
    await copyFile(from, half);
    const found = await hashFile(half, { algorithm: 'sha256', encoding: 'hex', signal });
    if (found !== pinned.sha256) {
      throw new Error(`${from} has sha256 ${found}, but ${pinned.file} must have ${pinned.sha256}`);
    }
    await flush(half);
    await rename(half, to);
  } finally {
    await rm(half, { force: true });
  }
}

async function flush(file: string): Promise<void> {
  await using handle = await open(file, 'r+');
  await handle.sync();
}
