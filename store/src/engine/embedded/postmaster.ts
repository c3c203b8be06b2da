import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '#limits.ts';
import { isAlive, signal, waitForEnd } from './process-life.ts';

/**
 * Ends what an earlier life left behind on this cluster: a postmaster whose parent was killed, server
 * processes whose postmaster was killed, a pid file whose pid is now somebody else's. The caller holds
 * the data directory, so nothing that runs here has an owner. Returns the pids that were ended.
 */
export async function clearLeftovers(clusterDir: string): Promise<number[]> {
  const postmaster = await readPostmasterPid(clusterDir);
  const ended = [];
  if (postmaster !== null && (await worksIn(postmaster, clusterDir))) {
    await stopPostmaster(postmaster);
    ended.push(postmaster);
  }
  for (const pid of await processesIn(clusterDir)) {
    signal(pid, 'SIGQUIT');
    await waitForEnd(pid, limits.stopImmediateMs);
    ended.push(pid);
  }
  // Nobody is left: a pid in the file belongs to a stranger, and would stop the server from starting.
  await rm(join(clusterDir, 'postmaster.pid'), { force: true });
  return ended;
}

/**
 * Fast shutdown (open transactions are rolled back, everything is written); when that takes longer
 * than `limits.stopFastMs`, immediate shutdown, which costs a recovery at the next start.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitForEnd(pid, limits.stopFastMs)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForEnd(pid, limits.stopImmediateMs)) return;
  signal(pid, 'SIGKILL');
  if (!(await waitForEnd(pid, limits.stopImmediateMs))) {
    throw new Error(`The database process ${pid} cannot be stopped.`);
  }
}

async function readPostmasterPid(clusterDir: string): Promise<number | null> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** Server processes work in their cluster's folder; where that cannot be seen, a living pid must do. */
async function worksIn(pid: number, clusterDir: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  if (process.platform !== 'linux') return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return folder === (await realpath(clusterDir));
}

async function processesIn(clusterDir: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const checked = await Promise.all(
    pids.map(async (pid) => ({ pid, here: await worksIn(pid, clusterDir) })),
  );
  return checked.filter(({ here }) => here).map(({ pid }) => pid);
}
