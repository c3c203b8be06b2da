import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startConstellation, type Constellation } from '#constellation.ts';
import type { StartOptions } from '#options.ts';
import type { Progress } from '#progress.ts';
import { ensurePages } from './pages.ts';
import { portsFrom, requireFreePorts } from '#set-up/ports.ts';

export const rootDir = fileURLToPath(new URL('../../../..', import.meta.url));

/** A folder that the database's account may enter; gone with everything in it when disposed. */
export interface Place extends AsyncDisposable {
  readonly dir: string;
}

export async function openPlace(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-e2e-'));
  await chmod(dir, 0o755);
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

const basesFrom = 20_000;
const basesTo = 32_000; // Below the range the kernel gives out by itself.
const tries = 50;

/** A port base whose ports are all free now. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const base = basesFrom + Math.floor((Math.random() * (basesTo - basesFrom)) / 10) * 10;
    const busy = await requireFreePorts({ ...portsFrom(base) }).then(
      () => false,
      () => true,
    );
    if (!busy) return base;
  }
  throw new Error(`No free port base in ${tries} tries.`);
}

/** What a program of ours inherits here; nothing of the test runner's own, but where compiled code is kept. */
export function testEnvironment(more: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = tmpdir(), LANG = 'C.UTF-8', NODE_COMPILE_CACHE } = process.env;
  const own = { PATH, HOME, LANG, ...more };
  return NODE_COMPILE_CACHE === undefined ? own : { NODE_COMPILE_CACHE, ...own };
}

/**
 * What a test expects of every simulated village holds at any time of day; venues without a browser send from this
 * machine.
 */
const asTested = { SIGHTLINE_SIMULATED_OUTAGES: 'off', SIGHTLINE_MEDIA_PLAIN: 'loopback' };

const silentProgress: Progress = {
  step: (_name, run) => run(() => undefined),
  note: () => undefined,
};

export interface TestConstellation extends Constellation {
  readonly dataDir: string;
}

/** Everything as `npm start` runs it, in a folder of its own, on free ports. */
export async function startTestConstellation(
  options: Partial<StartOptions> = {},
): Promise<TestConstellation> {
  await using held = new AsyncDisposableStack();
  const place = held.use(await openPlace());
  const dataDir = options.dataDir ?? join(place.dir, 'data');
  await ensurePages(rootDir);
  const constellation = held.use(
    await startConstellation(
      {
        portBase: await freePortBase(),
        dataDir,
        json: true,
        empty: false,
        villages: 6,
        camera: '',
        ...options,
      },
      {
        rootDir,
        progress: silentProgress,
        databaseUrl: null,
        environment: testEnvironment(asTested),
      },
    ),
  );
  const owned = held.move();
  const { links, ports, databaseUrl, fleet } = constellation;
  return {
    links,
    ports,
    databaseUrl,
    fleet,
    dataDir,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
