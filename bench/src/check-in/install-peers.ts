import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../limits.ts';
import { within } from '#measure/within.ts';

const benchDir = join(import.meta.dirname, '../..');

interface PackageFile {
  readonly version?: string;
  readonly peersOfCheckIn?: Readonly<Record<string, string>>;
}

/**
 * Installs what `check-in` is measured against, and gives its folder: the exact versions under `peersOfCheckIn` of
 * bench/package.json, in a folder of their own below bench/node_modules, so that nobody else carries them. Quick when
 * they stand. Throws when npm cannot.
 */
export async function installPeers(say: (sentence: string) => void): Promise<string> {
  const { peersOfCheckIn: wanted = {} } = await readPackage(join(benchDir, 'package.json'));
  const dir = join(benchDir, 'node_modules/peers');
  if (await isInstalled(dir, wanted)) return join(dir, 'node_modules');
  say(`Installing ${Object.keys(wanted).join(', ')} for this bench alone.`);
  await mkdir(dir, { recursive: true });
  await writeFile(
    join(dir, 'package.json'),
    JSON.stringify({ private: true, dependencies: wanted }),
  );
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
  ];
  const child = spawn('npm', ['install', '--prefix', dir, ...flags], {
    cwd: dir,
    stdio: ['ignore', 2, 2],
  });
  try {
    const [code]: unknown[] = await within(
      once(child, 'exit'),
      limits.prepareMs,
      'npm install of the peers',
    );
    if (code !== 0)
      throw new Error(`The peers could not be installed (npm ended with ${String(code)}).`);
  } finally {
    child.kill();
  }
  return join(dir, 'node_modules');
}

async function isInstalled(
  dir: string,
  wanted: Readonly<Record<string, string>>,
): Promise<boolean> {
  for (const [name, version] of Object.entries(wanted)) {
    const found = await readPackage(join(dir, 'node_modules', name, 'package.json')).catch(
      () => null,
    );
    if (found?.version !== version) return false;
  }
  return true;
}

async function readPackage(file: string): Promise<PackageFile> {
  return JSON.parse(await readFile(file, 'utf8')) as PackageFile; // Fields that are not there stay undefined.
}
