import { join } from 'node:path';
import { buildPages } from '@sightline/standalone/build-pages';
import { issueViewerToken, seedDivisions, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { devicePlaces } from '#load/device-keys.ts';
import { enrolDevices } from '#load/enrol-devices.ts';
import { cpuOfTreeMs } from '#measure/cpu.ts';
import { describeMachine } from '#measure/machine.ts';
import { quantile, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { postmasterOf } from '#measure/postmaster.ts';
import { startBroker } from '#measure/start-broker.ts';
import { limits } from '../limits.ts';
import { prepareCheckIns, type CheckInSource, type MadeFact } from './check-in-source.ts';
import { openScreen, type Screen } from './open-screen.ts';
import { latencies, type PlacedFact, type Sighting } from './sightings.ts';
import { startCentre } from './start-centre.ts';
import { startViewers, type Viewers } from './viewers.ts';

const full = { terminals: 1_693, factsPerS: 500, viewers: 49, runS: 30 } as const;
/** Facts made before this are not counted: presence of 1,693 new terminals settles meanwhile. */
const warmUpMs = 5_000;
const prefecture = '5402';
const rootDir = join(import.meta.dirname, '../../..');

/** A fact with when the database took it. */
interface StoredFact extends PlacedFact {
  readonly storedAtMs: number;
}

interface House {
  readonly store: Store;
  readonly checkIns: CheckInSource;
  readonly viewers: Viewers;
  readonly screen: Screen;
  /** Name → process id. */
  readonly processes: Readonly<Record<string, number>>;
}

/** From a check-in being made to its being painted on the real page, with everybody else watching too. */
export async function runScreen(options: BenchOptions): Promise<Record<string, unknown>> {
  const factsPerS = partOf(full.factsPerS, options.share);
  const runMs = Math.max(2 * warmUpMs, partOf(full.runS * 1000, options.share));
  const counts = { terminals: full.terminals, factsPerS, viewers: full.viewers, screens: 1, runMs };
  await buildPages(rootDir, () => undefined);
  await using held = new AsyncDisposableStack();
  const house = await openHouse(held, counts);
  const cpuBefore = cpuMs(house);
  const facts = await house.checkIns.run();
  const cpuAfter = cpuMs(house);
  const placed = await placeFacts(house.store, facts);
  await house.screen.shows(placed.at(-1)?.position ?? 0);
  const from = (placed[0]?.madeAtMs ?? 0) + warmUpMs;
  const counted = placed.filter(({ madeAtMs }) => madeAtMs >= from);
  const painted = summary(counted, [await house.screen.painted()]);
  return {
    p50Ms: painted.p50Ms,
    p99Ms: painted.p99Ms,
    maxMs: painted.maxMs,
    stored: spread(counted.map(({ storedAtMs, madeAtMs }) => storedAtMs - madeAtMs)),
    received: summary(counted, await house.viewers.seen()),
    coresBusy: coresBusy(cpuBefore, cpuAfter, runMs),
    counts: { ...counts, facts: facts.length, counted: counted.length },
    machine: describeMachine(),
  };
}

async function openHouse(
  held: AsyncDisposableStack,
  counts: { readonly factsPerS: number; readonly runMs: number },
): Promise<House> {
  const store = held.use(await openTestStore());
  await seedDivisions(store.pool);
  const broker = await startBroker(store.databaseUrl);
  held.use(broker.program);
  const centre = await startCentre(store.databaseUrl, broker.httpPort);
  held.use(centre.program);
  const { mqttPort, httpPort } = broker;
  const task = { ...counts, ports: { mqttPort, httpPort }, places: devicePlaces(full.terminals) };
  const checkIns = held.use(await prepareCheckIns(task));
  await enrolDevices(store, checkIns.keys);
  const now = Temporal.Now.instant();
  const label = { region: prefecture, label: 'bench', now };
  const { token } = await issueViewerToken(store.pool, label);
  const cookie = await signIn(centre.url, token);
  const watching = { url: centre.url, cookie, region: prefecture, count: full.viewers };
  const viewers = held.use(await startViewers(watching));
  const screen = held.use(await openScreen(`${centre.url}/screen/#token=${token}`));
  await checkIns.connect();
  const database = await postmasterOf(store);
  const processes = { broker: broker.program.pid, centre: centre.program.pid, database };
  return { store, checkIns, viewers, screen, processes };
}

/** The cookie that the link's token is exchanged for. */
async function signIn(url: string, token: string): Promise<string> {
  const reply = await fetch(`${url}/api/viewer-session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token }),
    signal: AbortSignal.timeout(limits.connectMs),
  });
  if (!reply.ok) throw new Error(`The screen's token was answered ${reply.status}.`);
  return reply.headers.getSetCookie().join('; ').split(';')[0] ?? '';
}

/** Where each fact stands in the log, in its order. Throws when one is not there. */
async function placeFacts(store: Store, facts: readonly MadeFact[]): Promise<StoredFact[]> {
  const { rows } = await store.pool.query<{ key: string; position: string; storedAtMs: string }>(
    `select source || '/' || seq as key, position,
            extract(epoch from received_at) * 1000 as "storedAtMs"
     from log where source <> 'centre' order by position`,
  );
  const madeAt = new Map(facts.map(({ source, seq, madeAtMs }) => [`${source}/${seq}`, madeAtMs]));
  if (rows.length !== madeAt.size) {
    throw new Error(`${rows.length} of ${madeAt.size} facts are in the log.`);
  }
  return rows.map(({ key, position, storedAtMs }) => ({
    position: Number(position),
    storedAtMs: Number(storedAtMs),
    madeAtMs: madeAt.get(key) ?? Number.NaN,
  }));
}

/** Over everybody who looked. Throws when a fact was never seen by one of them. */
function summary(facts: readonly PlacedFact[], sights: readonly (readonly Sighting[])[]) {
  const found = sights.map((seen) => latencies(facts, seen));
  const missed = found.reduce((sum, one) => sum + one.missed, 0);
  if (missed > 0) throw new Error(`${missed} facts of ${facts.length} were never seen.`);
  return spread(found.flatMap(({ ms }) => ms));
}

function spread(ms: readonly number[]) {
  return {
    p50Ms: rounded(quantile(ms, 0.5), 1),
    p99Ms: rounded(quantile(ms, 0.99), 1),
    maxMs: rounded(quantile(ms, 1), 1),
  };
}

function cpuMs({ processes }: House): ReadonlyMap<string, number> {
  return new Map(Object.entries(processes).map(([name, pid]) => [name, cpuOfTreeMs(pid)]));
}

function coresBusy(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  runMs: number,
): Readonly<Record<string, number>> {
  const shares = [...after].map(([name, ms]) => [
    name,
    rounded((ms - (before.get(name) ?? 0)) / runMs),
  ]);
  return Object.fromEntries(shares) as Record<string, number>; // Made of pairs just above.
}
