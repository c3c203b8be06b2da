import { join } from 'node:path';
import { refuse, type Refusal } from '@sightline/contracts';
import { mediasoupPackage } from './mediasoup-package.ts';
import { provesWorker } from './proves-worker.ts';
import { recipeKey } from './recipe-key.ts';
import { readWorkerPlaces, type WorkerPlaces } from './worker-config.ts';

/** A worker binary that runs here: the operator's own, or one of the cache. */
export interface FoundWorker {
  readonly path: string;
  readonly from: 'given' | 'cache';
}

/** What a person types, in the project's folder, to have a worker; named by every message that asks for it. */
export const BRING_COMMAND = 'npm run media:worker';

/**
 * The worker of this machine, within milliseconds: nothing is fetched or built. A refusal says how one is had;
 * without a worker there are no meetings, and everything else goes on.
 */
export async function findWorker(
  places: WorkerPlaces = readWorkerPlaces(),
): Promise<FoundWorker | Refusal> {
  if (places.given !== null) {
    if (await provesWorker(places.given)) return { path: places.given, from: 'given' };
    // Another one in its place would be a silent surprise: the operator named this.
    return refuse(
      'media-worker-broken',
      `MEDIASOUP_WORKER_BIN is ${places.given}, which does not run as a mediasoup worker on this machine. ` +
        'Name another one, or take the variable away.',
    );
  }
  const path = cachedWorker(places);
  if (await provesWorker(path)) return { path, from: 'cache' };
  return refuse(
    'no-media-worker',
    `Meetings need mediasoup's worker, and ${path} is not there or does not run. Bring it: ${BRING_COMMAND}`,
  );
}

/** Where the cache has, or will have, the worker of this version, machine and recipe. */
export function cachedWorker({ cacheDir }: Pick<WorkerPlaces, 'cacheDir'>): string {
  return join(cacheDir, recipeKey(mediasoupPackage()), 'mediasoup-worker');
}
