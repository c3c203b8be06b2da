import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { backupLimits as limits } from './limits.ts';
import type { BackupEntry } from './read-backup.ts';

const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/** Every file of the folder of keys, by its path in it; none where there is no folder. */
export async function readSecrets(folder: string | null): Promise<BackupEntry[]> {
  if (folder === null) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  if (files.length > limits.secrets) {
    throw new Error(`${folder} holds ${files.length} files; ${limits.secrets} keys are allowed.`);
  }
  return Promise.all(files.map((file) => readSecret(folder, file)));
}

async function readSecret(folder: string, file: string): Promise<BackupEntry> {
  const name = relative(folder, file);
  const bytes = await readFile(file);
  if (bytes.length <= limits.secretBytes && isPlainPath(name)) return { name, bytes };
  throw new Error(
    `${file} is no key: ${bytes.length} bytes. Keep only keys in ${folder}, of at most ${limits.secretBytes} bytes and plain names.`,
  );
}

function isPlainPath(name: string): boolean {
  return name.split('/').every((part) => plainName.test(part));
}

/** Throws a sentence where another key stands at the place of one of these: a key is never replaced. */
export async function assertNoOtherSecrets(
  folder: string,
  secrets: readonly BackupEntry[],
): Promise<void> {
  for (const { name, bytes } of secrets) {
    if (!isPlainPath(name)) throw new Error(`The backup names a key "${name}", which is no name.`);
    const file = join(folder, name);
    const there = await readFile(file).catch(() => null);
    if (there === null || there.equals(bytes)) continue;
    throw new Error(
      `${file} is another key than the one in the backup. Restore with another --data folder, or move that file away first.`,
    );
  }
}

/** Writes what is not there yet, readable by its owner alone and on the disk. */
export async function writeSecrets(folder: string, secrets: readonly BackupEntry[]): Promise<void> {
  await assertNoOtherSecrets(folder, secrets);
  for (const { name, bytes } of secrets) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const isThere = await readFile(file).then(
      () => true,
      () => false,
    );
    if (!isThere) await writeFile(file, bytes, { mode: 0o600, flag: 'wx', flush: true });
  }
}
