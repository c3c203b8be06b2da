import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSecretKey } from '#face/secret-key.ts';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

const ivBytes = 12;
const tagBytes = 16;
const tail = '.sealed';

/** 语音留言. Recordings of this terminal, each in a file only this machine can open; none ever leaves it. */
export interface VoiceNotes {
  keep(itemId: string, sound: Buffer): Promise<void>;
  /** Null = there is none, or it cannot be opened. */
  read(itemId: string): Promise<Buffer | null>;
  forget(itemId: string): Promise<void>;
  /** The items that have one. */
  list(): Promise<readonly string[]>;
}

/** AES-256-GCM under `voice.key` (0600), with the item's id bound in. */
export async function openVoiceNotes(dir: string): Promise<VoiceNotes> {
  const folder = join(dir, 'voice');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = await openSecretKey(dir, 'voice.key');
  const fileOf = (itemId: string): string => join(folder, `${itemId}${tail}`);
  return {
    keep: (itemId, sound) => writeWholeFile(fileOf(itemId), lock(key, itemId, sound)),
    async read(itemId) {
      const text = await readFileIfThere(fileOf(itemId));
      return text === null ? null : unlock(key, itemId, text);
    },
    forget: (itemId) => rm(fileOf(itemId), { force: true }),
    async list() {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith(tail)).map((name) => name.slice(0, -tail.length));
    },
  };
}

function lock(key: Buffer, itemId: string, sound: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(itemId, 'utf8'));
  const locked = Buffer.concat([cipher.update(sound), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), locked]).toString('base64');
}

function unlock(key: Buffer, itemId: string, text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  const iv = bytes.subarray(0, ivBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
      .setAAD(Buffer.from(itemId, 'utf8'))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const locked = bytes.subarray(ivBytes + tagBytes);
    return Buffer.concat([decipher.update(locked), decipher.final()]);
  } catch {
    return null; // Damaged: the item stands without it.
  }
}
