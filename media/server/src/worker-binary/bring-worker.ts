import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRefusal, type Refusal } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { buildWorker } from './build/build-worker.ts';
import { missingTools } from './build/missing-tools.ts';
import { fetchPrebuilt } from './fetch-prebuilt.ts';
import { cachedWorker, findWorker, type FoundWorker } from './find-worker.ts';
import { mediasoupPackage } from './mediasoup-package.ts';
import { takeBuildLock } from './take-build-lock.ts';
import { readWorkerPlaces, type WorkerPlaces } from './worker-config.ts';

/** How far it is: waiting for another process's build, asking for a prebuilt one, or building (steps of all). */
export interface BringProgress {
  readonly what: 'wait' | 'fetch' | 'build';
  readonly done: number;
  readonly of: number;
  /** Since the begin. */
  readonly seconds: number;
}

export interface BringOptions {
  readonly places?: WorkerPlaces;
  readonly onProgress?: (progress: BringProgress) => void;
  readonly signal?: AbortSignal;
}

/** A worker that runs here, and how it was had. */
export interface BroughtWorker {
  readonly path: string;
  readonly from: FoundWorker['from'] | 'prebuilt' | 'build';
  readonly seconds: number;
}

type Report = (what: BringProgress['what'], done?: number, of?: number) => void;

const workPrefix = 'at-work-';

/**
 * Brings a worker: the operator's, the cached one, the package's own prebuilt one, or one built from the package's
 * source (a minute or more, all cores at low priority). One process a cache folder works, the others wait for it;
 * the binary comes into the cache whole or not at all. A refusal names what is missing and the command that mends it.
 * @throws the signal's reason when aborted; an Error with the tool's words when a build fails.
 */
export async function bringWorker(options: BringOptions = {}): Promise<BroughtWorker | Refusal> {
  const { places = readWorkerPlaces(), onProgress } = options;
  using late = deadline(limits.worker.buildMs);
  const signal = AbortSignal.any(
    options.signal === undefined ? [late.signal] : [late.signal, options.signal],
  );
  const startMs = performance.now();
  const seconds = (): number => Math.round((performance.now() - startMs) / 100) / 10;
  const report: Report = (what, done = 0, of = 1) =>
    onProgress?.({ what, done, of, seconds: seconds() });

  const found = await findWorker(places);
  if (!isRefusal(found)) return { ...found, seconds: seconds() };
  if (places.given !== null) return found;
  using _lock = await takeBuildLock(places.cacheDir, { onWait: () => report('wait'), signal });
  const foundNow = await findWorker(places); // Somebody may have brought it while we waited.
  if (!isRefusal(foundNow)) return { ...foundNow, seconds: seconds() };
  const made = await makeWorker(places, { report, signal });
  return isRefusal(made) ? made : { ...made, seconds: seconds() };
}

function deadline(ms: number): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  const words = `The media worker was not there within ${ms / 60_000} minutes; the machine is too busy.`;
  const timer = setTimeout(() => late.abort(new Error(words)), ms);
  return { signal: late.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

async function makeWorker(
  places: WorkerPlaces,
  { report, signal }: { readonly report: Report; readonly signal: AbortSignal },
): Promise<Pick<BroughtWorker, 'path' | 'from'> | Refusal> {
  const mediasoup = mediasoupPackage();
  const { cacheDir, env } = places;
  await sweep(cacheDir);
  const workDir = await mkdtemp(join(cacheDir, workPrefix));
  try {
    report('fetch');
    const prebuilt = await fetchPrebuilt(mediasoup, { dir: join(workDir, 'fetch'), env, signal });
    if (prebuilt !== null) return { path: await keep(prebuilt, cacheDir), from: 'prebuilt' };
    const tools = { cwd: join(workDir, 'build'), path: env['PATH'] ?? '', signal };
    await mkdir(tools.cwd);
    const missing = await missingTools(tools);
    if (missing !== null) return missing;
    const onStep = (done: number, of: number): void => report('build', done, of);
    const built = await buildWorker(mediasoup, { ...tools, onStep });
    return { path: await keep(built, cacheDir), from: 'build' };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Into its place in one step: whoever looks sees all of it or nothing. */
async function keep(binary: string, cacheDir: string): Promise<string> {
  const path = cachedWorker({ cacheDir });
  await mkdir(dirname(path), { recursive: true });
  await rename(binary, path);
  return path;
}

/** Takes away what a killed build left. The lock is held: nobody else is at work. */
async function sweep(cacheDir: string): Promise<void> {
  const names = await readdir(cacheDir);
  for (const name of names.filter((one) => one.startsWith(workPrefix))) {
    await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}
