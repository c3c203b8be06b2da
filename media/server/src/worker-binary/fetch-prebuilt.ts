import { spawn } from 'node:child_process';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { limits } from '#limits.ts';
import type { MediasoupPackage } from './mediasoup-package.ts';
import { provesWorker } from './proves-worker.ts';
import type { WorkerPlaces } from './worker-config.ts';

/**
 * Lets the package fetch its own prebuilt worker into the empty folder `dir`, where the network allows it.
 * @returns the binary's path, or null: no network, none for this machine, or not within the time.
 */
export async function fetchPrebuilt(
  mediasoup: MediasoupPackage,
  {
    dir,
    env,
    signal,
    timeoutMs = limits.worker.prebuiltMs,
  }: Pick<WorkerPlaces, 'env'> & {
    readonly dir: string;
    readonly signal: AbortSignal;
    readonly timeoutMs?: number;
  },
): Promise<string | null> {
  // Its script works in its own folder; in a copy it leaves node_modules alone.
  await mkdir(dir, { recursive: true });
  for (const file of ['package.json', 'npm-scripts.mjs']) {
    await copyFile(join(mediasoup.dir, file), join(dir, file));
  }
  await symlink(dirname(mediasoup.dir), join(dir, 'node_modules'));
  const child = spawn(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: dir,
    // What it would build itself, where nothing was fetched, needs Python: without one it gives up at once.
    env: { ...env, PYTHON: '/bin/false', MEDIASOUP_WORKER_BIN: '' },
    stdio: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    signal,
  });
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  signal.throwIfAborted();
  const binary = join(dir, 'worker/out/Release/mediasoup-worker');
  return (await provesWorker(binary)) ? binary : null;
}
