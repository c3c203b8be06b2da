import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const keyBytes = 32;

/**
 * The key that stands outside the database: id numbers and second factors are encrypted with it. Made
 * once, readable by its owner alone; a start after a power cut finds a whole key or none.
 */
export function ensureRegisterKey(dataDir: string): string {
  const file = join(dataDir, 'secrets', 'register.key');
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, randomBytes(keyBytes));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  linkSync(draft, file); // Fails where one appeared meanwhile: it is never written over.
  rmSync(draft);
  return file;
}
