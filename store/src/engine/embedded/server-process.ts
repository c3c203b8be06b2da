import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { limits } from '#limits.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

export const serverHost = '127.0.0.1';

/** Durable first, then small: one machine, a few dozen connections. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: serverHost,
  unix_socket_directories: '',
  max_connections: '80',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  wal_buffers: '16MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_startup_progress_interval: '2s',
};

export interface ServerProcess {
  readonly pid: number;
  /** Resolves with the last lines of its log when the process has ended, for whatever reason. */
  readonly ended: Promise<string>;
}

export interface SpawnOptions {
  readonly port: number;
  readonly onRecovery: (line: string) => void;
}

/** Spawns the server and waits until it takes connections. Throws with its own words when it does not. */
export async function spawnServer(
  place: Place,
  binaries: Binaries,
  options: SpawnOptions,
): Promise<ServerProcess> {
  const flags = Object.entries({ ...settings, port: String(options.port) });
  const child = spawn(
    binaries.postgres,
    ['-D', place.clusterDir, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...place.account,
      cwd: place.clusterDir,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own process group: Ctrl-C must reach the supervisor, which stops the database last.
      detached: true,
    },
  );
  const tail: string[] = [];
  const ready = Promise.withResolvers<void>();
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(tail.join('\n')));
  });
  const deadline = setTimeout(
    () => ready.reject(new Error('It did not answer in time.')),
    limits.startMs,
  );
  createInterface({ input: child.stderr }).on('line', (line) => {
    deadline.refresh();
    tail.push(line);
    if (tail.length > 20) tail.shift();
    if (line.includes('ready to accept connections')) ready.resolve();
    if (/recovery in progress|redo (starts|in progress|done)/.test(line)) options.onRecovery(line);
  });
  void ended.then((words) => ready.reject(new Error(words)));
  try {
    await ready.promise;
  } catch (cause) {
    child.kill('SIGQUIT');
    throw new Error(`The database in ${place.clusterDir} did not start. ${sentence(cause)}`, {
      cause,
    });
  } finally {
    clearTimeout(deadline);
  }
  if (child.pid === undefined) throw new Error('The database process has no pid.');
  return { pid: child.pid, ended };
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
