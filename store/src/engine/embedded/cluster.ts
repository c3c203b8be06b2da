import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setInterval } from 'node:timers';
import { promisify } from 'node:util';
import { limits } from '#limits.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

export const superuser = 'sightline';

/**
 * Makes the cluster where there is none, and checks that these programs can read the one there is.
 * Returns the password. `onBytes` is told how large the new cluster has grown, every half second.
 */
export async function openCluster(
  place: Place,
  binaries: Binaries,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const passwordFile = join(place.dataDir, 'postgres-password');
  const made = await readFile(join(place.clusterDir, 'PG_VERSION'), 'utf8').catch(() => null);
  if (made === null) return createCluster({ place, binaries, passwordFile, onBytes });
  if (made.trim() !== binaries.major) {
    throw new Error(
      `The database in ${place.clusterDir} was made by PostgreSQL ${made.trim()}, and this Sightline brings ` +
        `PostgreSQL ${binaries.major}. Start the Sightline that made it, or choose another directory with --data.`,
    );
  }
  return readFile(passwordFile, 'utf8').then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new Error(
        `The database in ${place.clusterDir} is there but its password file ${passwordFile} is not. ` +
          `Restore that file from a backup.`,
        { cause },
      );
    },
  );
}

interface Creation {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly passwordFile: string;
  readonly onBytes: (bytes: number) => void;
}

async function createCluster({
  place,
  binaries,
  passwordFile,
  onBytes,
}: Creation): Promise<string> {
  // Renamed when complete: a start that was killed half way leaves nothing that looks finished.
  const half = `${place.clusterDir}.new`;
  const handedOver = `${half}-password`;
  await rm(half, { recursive: true, force: true });
  await assertAbsentOrEmpty(place.clusterDir);
  await mkdir(half, { recursive: true, mode: 0o700 });
  await give(half, place.account);
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await writeFile(handedOver, `${password}\n`, { mode: 0o600 });
  await give(handedOver, place.account);
  const watch = setInterval(() => void folderBytes(half).then(onBytes), limits.progressMs);
  try {
    await runInitdb({ binaries, target: half, passwordFile: handedOver, account: place.account });
  } finally {
    clearInterval(watch);
    await rm(handedOver, { force: true });
  }
  onBytes(await folderBytes(half));
  await rename(half, place.clusterDir);
  return password;
}

async function assertAbsentOrEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  throw new Error(
    `${folder} holds ${names.length} files but no database. Move them away, or choose another directory with --data.`,
  );
}

interface Initdb {
  readonly binaries: Binaries;
  readonly target: string;
  readonly passwordFile: string;
  readonly account: Account | null;
}

async function runInitdb({ binaries, target, passwordFile, account }: Initdb): Promise<void> {
  const args = [
    `--pgdata=${target}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    await promisify(execFile)(binaries.initdb, args, {
      ...account,
      cwd: dirname(target),
      env: { LC_ALL: 'C', TZ: 'UTC' },
      timeout: limits.initdbMs,
    });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    const isFull = said.includes('No space left on device');
    const why = isFull
      ? 'The disk is full: it takes about 50 MB. Free some space, or give another folder with --data DIR.'
      : said;
    throw new Error(`The database could not be created in ${target}. ${why}`, { cause });
  }
}

async function give(path: string, account: Account | null): Promise<void> {
  if (account !== null) await chown(path, account.uid, account.gid);
}

/** Bytes of all files below a folder; what vanishes meanwhile counts nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
