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

/** The key that stands outside the database: id numbers and second factors are encrypted with it. */
export function ensureRegisterKey(dataDir: string): string {
  return ensureSecret(dataDir, 'register.key');
}

/**
 * The file of a secret of 32 random bytes: made once, readable by its owner alone; a start after a power
 * cut finds a whole one or none.
 */
export function ensureSecret(dataDir: string, name: string): string {
  const file = join(dataDir, 'secrets', name);
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
