import { randomBytes } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSecretKey } from '#face/secret-key.ts';

/** The key of one state of the gallery: erasing somebody ends it and begins another. */
export interface GalleryKey {
  /** Names its file, and stands in the first line of the gallery it locks. */
  readonly id: string;
  readonly secret: Buffer;
}

export const keyIdPattern = /^[0-9a-f]{16}$/;
const fileOf = (id: string): string => `gallery-${id}.key`;
const keyFilePattern = /^gallery-([0-9a-f]{16})\.key$/;

/** A new key, on disk (0600) when the promise resolves. */
export function newGalleryKey(dir: string): Promise<GalleryKey> {
  return readGalleryKey(dir, randomBytes(8).toString('hex'));
}

/** The key of that name; made when there is none. @throws Error when its file holds no key. */
export async function readGalleryKey(dir: string, id: string): Promise<GalleryKey> {
  return { id, secret: await openSecretKey(dir, fileOf(id)) };
}

/**
 * Overwrites and removes every gallery key but one: what they locked, wherever the disk still holds
 * copies of it, cannot be opened any more. (NIST SP 800-88 calls it cryptographic erase.)
 */
export async function shredOtherKeys(dir: string, kept: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const id = keyFilePattern.exec(name)?.[1];
    if (id !== undefined && id !== kept) await shred(join(dir, name));
  }
}

async function shred(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size), 0, size, 0);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rm(file);
}
