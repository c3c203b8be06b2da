import { constants } from 'node:fs';
import { access, chmod, mkdtemp, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const memoryDisk = '/dev/shm';
/** What a run of all tests may need of it, and of the machine besides. */
const roomBytes = 6 * 1024 ** 3;
const memoryBytes = 10 * 1024 ** 3;
/** A run that lives touches its folder all the time. */
const leftAfterMs = 3_600_000;

/**
 * A folder in memory for the temporary files of a run; null where there is none with room enough, and where somebody
 * chose one (`TMPDIR`). What asks for a flush asks for it there as well, and waits for no disk: a killed process loses
 * the same either way, and no test cuts the power.
 */
export async function openMemoryFolder(): Promise<string | null> {
  if (process.env['TMPDIR'] !== undefined || !(await isRoomy())) return null;
  await sweepMemory();
  const dir = await mkdtemp(join(memoryDisk, `sightline-${process.pid}-`));
  // The database's own account must get in.
  await chmod(dir, 0o755);
  if (await mayRunPrograms(dir)) return dir;
  await rm(dir, { recursive: true });
  return null;
}

/** Takes away the folders of runs that were killed; the memory would be lost until the machine starts again. */
export async function sweepMemory(now = Date.now()): Promise<void> {
  for (const name of await readdir(memoryDisk)) {
    const pid = /^sightline-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dir = join(memoryDisk, name);
    const left = await stat(dir).catch(() => null); // Another run took it away.
    if (left === null || left.uid !== process.getuid?.()) continue;
    if (now - left.mtimeMs > leftAfterMs) await rm(dir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function isRoomy(): Promise<boolean> {
  const isThere = await stat(memoryDisk).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) return false;
  const { bavail, bsize } = await statfs(memoryDisk);
  return bavail * bsize >= roomBytes && process.availableMemory() >= memoryBytes;
}

/** Containers often mount it so that nothing there is run; tests put small programs into their folders. */
async function mayRunPrograms(dir: string): Promise<boolean> {
  const file = join(dir, 'program');
  await writeFile(file, '', { mode: 0o755 });
  const isRun = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  await rm(file);
  return isRun;
}
