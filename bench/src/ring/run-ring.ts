import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { SpotCheckVillage } from '@sightline/contracts';
import { buildPages } from '@sightline/standalone/build-pages';
import {
  addPeople,
  createTerminals,
  issueEnrolmentCode,
  seedDivisions,
  type Store,
} from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { devicePlaces } from '#load/device-keys.ts';
import { describeMachine } from '#measure/machine.ts';
import { quantile, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { startBroker } from '#measure/start-broker.ts';
import { startCentre } from '../screen/start-centre.ts';
import { signInDispatcher } from './dispatcher.ts';
import { startVillages, type RingPlace } from './villages.ts';
import { watchFunnel } from './watch-funnel.ts';

const full = { terminals: 671, slowestMs: 15_000, seconds: 120 } as const;
const rootDir = join(import.meta.dirname, '../../..');

/** From an order to every terminal having it, to every answer, and to the page showing them all. */
export async function runRing(options: BenchOptions): Promise<Record<string, unknown>> {
  const terminals = partOf(full.terminals, options.share);
  await buildPages(rootDir, () => undefined);
  await using held = new AsyncDisposableStack();
  const store = held.use(await openTestStore());
  await seedDivisions(store.pool);
  const broker = await startBroker(store.databaseUrl);
  held.use(broker.program);
  const centre = await startCentre(store.databaseUrl, broker.httpPort);
  held.use(centre.program);
  const places = await makePlaces(store, terminals);
  const { mqttPort, httpPort } = broker;
  const task = {
    places,
    brokerMqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    brokerHttpUrl: `http://127.0.0.1:${httpPort}`,
    slowestMs: full.slowestMs,
  };
  held.use(await startVillages(task));
  const dispatcher = await signInDispatcher(store, centre.url);
  const checkId = randomUUID();
  const askedAtMs = performance.now();
  const rings = await dispatcher.order(checkId, full.seconds);
  const orderMs = performance.now() - askedAtMs;
  const { cookie } = dispatcher;
  const page = held.use(await watchFunnel(centre.url, { checkId, cookie }));
  const shownAtMs = await page.answered(rings);
  const { villages } = await dispatcher.progress(checkId);
  const lastAnswerMs = Math.max(...villages.map(({ answeredAt }) => epochMs(answeredAt)));
  return {
    deliveredP95Ms: sinceOrder(villages, 'deliveredAt', await orderedAtMs(store, checkId)),
    answeredP95Ms: rounded(quantile(reachMs(villages), 0.95), 0),
    funnelMs: rounded(shownAtMs - lastAnswerMs, 0),
    orderMs: rounded(orderMs, 0),
    counts: {
      terminals,
      rings,
      delivered: villages.filter(({ deliveredAt }) => deliveredAt !== null).length,
      answered: villages.filter(({ answeredAt }) => answeredAt !== null).length,
      slowestMs: full.slowestMs,
    },
    machine: describeMachine(),
  };
}

/** One terminal and one person in each village. */
async function makePlaces(store: Store, count: number): Promise<RingPlace[]> {
  const places = devicePlaces(count);
  const now = Temporal.Now.instant();
  await createTerminals(
    store,
    places.map((place) => ({ ...place, simulated: true })),
  );
  const person = { name: '合成', post: '' };
  const people = places.map(({ region }) => ({ ...person, personId: randomUUID(), region }));
  await addPeople(store, people, { now, actor: 'system:bench' });
  const at = now.toString({ fractionalSecondDigits: 3 });
  const made: RingPlace[] = [];
  for (const place of places) {
    made.push({ ...place, code: await issueEnrolmentCode(store.pool, place.terminalId, at) });
  }
  return made;
}

async function orderedAtMs(store: Store, checkId: string): Promise<number> {
  const { rows } = await store.pool.query<{ at: string }>(
    'select ordered_at as at from spot_check where check_id = $1',
    [checkId],
  );
  return epochMs(rows[0]?.at ?? null);
}

function sinceOrder(
  villages: readonly SpotCheckVillage[],
  stage: 'deliveredAt',
  orderedMs: number,
): number {
  // One that never came is slower than any: it would be seen as Infinity.
  const ms = villages.map((village) =>
    village[stage] === null ? Number.POSITIVE_INFINITY : epochMs(village[stage]) - orderedMs,
  );
  return rounded(quantile(ms, 0.95), 0);
}

function reachMs(villages: readonly SpotCheckVillage[]): number[] {
  return villages.map((village) => village.reachMs ?? Number.POSITIVE_INFINITY);
}

function epochMs(instant: string | null): number {
  return instant === null ? Number.NaN : Temporal.Instant.from(instant).epochMilliseconds;
}
