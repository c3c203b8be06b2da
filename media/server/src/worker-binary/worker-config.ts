import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a worker binary is looked for and put. */
export interface WorkerPlaces {
  /** `MEDIASOUP_WORKER_BIN`: the operator's own binary, before any other; null = none named. */
  readonly given: string | null;
  /** Binaries that were fetched or built, shared by every clone of this user. */
  readonly cacheDir: string;
  /** What the package's own fetch and the tools of a build see: PATH, proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads the places from the environment; its only reader. An empty value counts as none. */
export function readWorkerPlaces(
  env: Readonly<Record<string, string | undefined>> = process.env,
): WorkerPlaces {
  const given = env['MEDIASOUP_WORKER_BIN'] ?? '';
  // XDG Base Directory Specification: a path that is not absolute is to be ignored.
  const xdg = env['XDG_CACHE_HOME'] ?? '';
  const cacheHome = xdg.startsWith('/') ? xdg : join(homedir(), '.cache');
  return {
    given: given === '' ? null : given,
    cacheDir: join(cacheHome, 'sightline', 'media-worker'),
    env,
  };
}
