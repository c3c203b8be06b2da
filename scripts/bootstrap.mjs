// Brings node_modules (and with it our own Node 26) in line with package-lock.json, showing how far it
// is. Runs on whatever Node the machine has: must parse on Node 18.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));
const modulesDir = join(rootDir, 'node_modules');
const stampFile = join(modulesDir, '.bootstrap');
const lockText = readFileSync(join(rootDir, 'package-lock.json'));
const wanted = createHash('sha256').update(lockText).digest('hex');

/** Bytes of the files below a folder; what vanishes meanwhile counts as nothing. */
async function sizeOf(dir) {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return sizeOf(path);
      return entry.isFile()
        ? stat(path)
            .then((found) => found.size)
            .catch(() => 0)
        : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function unpackedCount(paths) {
  return paths.filter((path) => existsSync(join(rootDir, path, 'package.json'))).length;
}

function install() {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      cwd: rootDir,
      stdio: ['ignore', 2, 2], // stdout belongs to the program that starts next.
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`npm ci ended with code ${code}; its words stand above.`)),
    );
  });
}

/** Bytes this machine received since it started, or null where no one counts them (not Linux). */
function receivedBytes() {
  try {
    const lines = readFileSync('/proc/net/dev', 'utf8').split('\n').slice(2);
    return lines
      .filter((line) => line.includes(':') && !line.trim().startsWith('lo:'))
      .reduce((sum, line) => sum + Number(line.split(':')[1].trim().split(/\s+/)[0]), 0);
  } catch {
    return null;
  }
}

async function showProgress(total, signal) {
  const receivedBefore = receivedBytes();
  while (!signal.done) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const bytes = await sizeOf(modulesDir);
    if (signal.done) return;
    const packages = unpackedCount(total);
    const received = receivedBefore === null ? null : receivedBytes() - receivedBefore;
    const net = received === null ? '' : `, ${(received / 1e6).toFixed(2)} MB received`;
    const words = `packages: ${packages} of ${total.length}${net}, ${(bytes / 1e6).toFixed(1)} MB on disk`;
    process.stderr.write(`[bootstrap] ${words}\n`);
  }
}

function isCurrent() {
  return (
    existsSync(stampFile) &&
    statSync(stampFile).isFile() &&
    readFileSync(stampFile, 'utf8') === wanted
  );
}

if (!isCurrent()) {
  const packages = Object.entries(JSON.parse(lockText).packages)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link && !entry.optional)
    .map(([path]) => path);
  process.stderr.write(
    `[bootstrap] installing ${packages.length} packages from the npm registry\n`,
  );
  const signal = { done: false };
  const progress = showProgress(packages, signal);
  try {
    await install();
  } catch (error) {
    process.stderr.write(
      `[bootstrap] The packages could not be installed: ${error.message}\n` +
        `[bootstrap] Check that the npm registry is reachable, then run the same command again.\n`,
    );
    process.exitCode = 1;
  }
  signal.done = true;
  await progress;
  if (process.exitCode !== 1) writeFileSync(stampFile, wanted);
}
