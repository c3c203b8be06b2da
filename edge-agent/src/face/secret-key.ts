import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

const keyText = /^[0-9a-f]{64}$/;

/**
 * 32 bytes in a file that only this user may read; made on the first call.
 * @throws Error when the file is there and holds no key: a new one would lose what the old one locked.
 */
export async function openSecretKey(dir: string, name: string): Promise<Buffer> {
  const file = join(dir, name);
  const text = (await readFileIfThere(file))?.trim();
  if (text !== undefined) {
    if (keyText.test(text)) return Buffer.from(text, 'hex');
    throw new Error(
      `${file} holds no key (64 hex digits). Restore it, or delete it to begin anew.`,
    );
  }
  const key = randomBytes(32);
  await writeWholeFile(file, key.toString('hex'));
  return key;
}
