import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes a data folder ours until it is disposed. Throws a sentence when another running Sightline holds
 * it or when it cannot be written. A file left by a process that was killed is taken over.
 */
export function claimDataDir(dataDir: string): Disposable {
  createDir(dataDir);
  const file = join(dataDir, 'running.pid');
  if (!writeOwnPid(file)) {
    const pid = Number(readFileSync(file, 'utf8'));
    if (isAlive(pid)) {
      throw new Error(
        `${dataDir} is in use by the Sightline with process id ${pid}. Stop that one, or give another folder with --data DIR.`,
      );
    }
    rmSync(file, { force: true });
    if (!writeOwnPid(file)) throw new Error(`${file} was taken by another start just now.`);
  }
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

function createDir(dataDir: string): void {
  try {
    makeDir(dataDir);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The data folder ${dataDir} cannot be made (${reason}). Give a writable one with --data DIR.`,
      { cause },
    );
  }
}

/** Level by level: below /proc, mkdir's own `recursive` never comes back. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  makeDir(dirname(dir));
  mkdirSync(dir);
}

function writeOwnPid(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw new Error(`${file} cannot be written. Give a writable folder with --data DIR.`, {
      cause,
    });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('standalone');
  } catch {
    return false; // Gone, or not Linux and gone.
  }
}
