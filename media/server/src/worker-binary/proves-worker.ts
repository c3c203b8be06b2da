import { execFile } from 'node:child_process';
import { limits } from '#limits.ts';

/** main.cpp of the worker: run bare, without MEDIASOUP_VERSION, it ends with this code. */
const bareExitCode = 41;

/**
 * Whether the file is a worker that runs on this machine: one that is half written, of another
 * processor, or misses a library is not. It starts the file, briefly.
 */
export function provesWorker(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // SIGKILL: a file of somebody else's may ignore the other signals.
  const options = { env: {}, timeout: limits.worker.proofMs, killSignal: 'SIGKILL' } as const;
  execFile(path, [], options, (error) => resolve(error?.code === bareExitCode));
  return promise;
}
