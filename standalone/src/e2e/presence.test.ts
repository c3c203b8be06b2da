import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shiftAt, type AttentionItem, type LivePulse, type PartHealth } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { demoPin } from '#demo/set-demo-pins.ts';
import { controlFile } from '#simulator/control.ts';
import { planVillageLife } from '#simulator/village-life.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { openLivePage, type LivePage } from './testing/live-page.ts';
import { print } from './testing/trials.ts';

const villages = 30;
const county = '540221';
const patienceMs = 120_000;
const planned = planDemo(villages).map(({ region }) => region);
/** Not those whose life has a dark while of its own in this shift. */
const steady = planned.filter(
  (region) => planVillageLife(region, shiftAt(Temporal.Now.instant()).key, []).dark === null,
);

const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let screen: LivePage;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  screen = stack.use(await openLivePage(house.links.screen));
  await until('all are online', areOnline, patienceMs);
}, 240_000);
afterAll(() => stack.disposeAsync());

const statusOf = (region: string) => screen.cell(region)?.status;
const areOnline = () => steady.every((region) => statusOf(region) === 'online');
const partOf = ({ health }: LivePulse, name: string): PartHealth | undefined =>
  health.find((part) => part.name === name);
const ofCounty = ({ attention }: LivePulse): AttentionItem[] =>
  attention.filter(({ region }) => region.startsWith(county));

/** Every status that a frame from the `from`th on showed. */
function shownSince(from: number): Set<string> {
  const cells = screen.frames.slice(from).flatMap((frame) => frame.cells);
  return new Set(cells.map(({ status }) => status));
}

async function tellSimulator(verb: 'dark' | 'return'): Promise<unknown> {
  const file = join(house.dataDir, 'simulator', controlFile);
  const door = JSON.parse(await readFile(file, 'utf8')) as { url: string; token: string };
  const reply = await fetch(`${door.url}/${verb}?region=${county}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.token}` },
  });
  return reply.json();
}

describe('the screen says what is true', () => {
  it('when a county is cut off: one line for its villages, gone when they return', async () => {
    const cut = planned.filter((region) => region.startsWith(county)).length;
    expect(await tellSimulator('dark')).toEqual({ terminals: cut });
    const cutAtMs = performance.now();
    const pulse = await screen.pulse('the county', (each) => ofCounty(each).length > 0, patienceMs);
    print(`county cut → one line: ${((performance.now() - cutAtMs) / 1000).toFixed(1)} s`);
    // Whatever more of them fall silent, they stay one line.
    const settled = await screen.pulse(
      'all of it',
      (each) => ofCounty(each)[0]?.count === cut,
      patienceMs,
    );
    for (const each of [pulse, settled]) {
      expect(ofCounty(each).map(({ kind }) => kind)).toEqual(['region-dark']);
    }
    expect(ofCounty(settled)[0]).toMatchObject({ count: cut, detail: String(cut) });
    const others = steady.filter((region) => !region.startsWith(county));
    expect(others.every((region) => statusOf(region) === 'online')).toBe(true);

    expect(await tellSimulator('return')).toEqual({ terminals: cut });
    await screen.pulse('nothing of it left', (each) => ofCounty(each).length === 0, patienceMs);
    await until('all are online again', areOnline, patienceMs);
  }, 300_000);

  it('when the broker stops: nobody knows, nobody is called offline', async () => {
    const from = screen.frames.length;
    const stoppedAt = Temporal.Now.instant();
    await house.fleet.child('broker').stop();
    const down = await screen.pulse(
      'broker not up',
      (each) => partOf(each, 'broker')?.state !== 'up',
    );
    const since = Temporal.Instant.from(partOf(down, 'broker')?.since ?? '');
    expect(Math.abs(since.since(stoppedAt).total('seconds'))).toBeLessThan(20);
    await until(
      'all are unknown',
      () => steady.every((region) => statusOf(region) === 'unknown'),
      patienceMs,
    );
    expect(await health(house.ports.centre)).toMatchObject({ status: 503 });

    await house.fleet.child('broker').start();
    await screen.pulse('broker up', (each) => partOf(each, 'broker')?.state === 'up', patienceMs);
    await until('all are online again', areOnline, patienceMs);
    expect(shownSince(from)).not.toContain('offline');
    expect(await health(house.ports.centre)).toMatchObject({ status: 200 });
  }, 300_000);

  it('when the database is killed: it is named with its since, comes back, and costs no process', async () => {
    const pids = () =>
      (['broker', 'centre', 'agent'] as const).map((name) => house.fleet.child(name).pid);
    const before = pids();
    const server = (await house.fleet.child('postgres').whenReady())['pid'];
    process.kill(Number(server), 'SIGKILL');
    const down = await screen.pulse(
      'database down',
      (each) => partOf(each, 'database')?.state === 'down',
    );
    expect(down.attention.map(({ kind, detail }) => [kind, detail])).toContainEqual([
      'part-down',
      'database',
    ]);
    await screen.pulse(
      'database up',
      (each) => partOf(each, 'database')?.state === 'up',
      patienceMs,
    );
    expect(pids()).toEqual(before);
    await until('all are online again', areOnline, patienceMs);
  }, 300_000);

  it('when the database is away for long: facts are made, wait in sight, and arrive once', async () => {
    const { people } = await kiosk.state();
    const from = screen.frames.length;
    await house.fleet.child('postgres').stop();
    await screen.pulse('database down', (each) => partOf(each, 'database')?.state === 'down');
    for (const { personId } of people) {
      expect((await kiosk.checkInByPin(personId, demoPin)).body['outcome']).toBe('checked-in');
    }
    await kiosk.waitFor('they wait', ({ outbox }) => outbox.waiting >= people.length);
    // Longer than every time limit of the broker on the way to the database.
    const untilMs = performance.now() + outageMs;
    await until('the outage is over', () => performance.now() >= untilMs, 2 * outageMs);
    await house.fleet.child('postgres').start();
    await screen.pulse(
      'database up',
      (each) => partOf(each, 'database')?.state === 'up',
      patienceMs,
    );
    await kiosk.waitFor('all delivered', ({ outbox }) => outbox.waiting === 0);
    await until(
      'the screen shows it',
      () => screen.cell(planned[0] ?? '')?.checkedIn !== null,
      patienceMs,
    );
    const { rows } = await store.pool.query<{ person: string; times: number }>(
      `select data->>'personId' as person, count(*)::int as times
       from (select body::jsonb->'data' as data from log where type = 'duty.checked-in' and region = $1) c
       group by 1`,
      [planned[0]],
    );
    expect(rows.map(({ times }) => times)).toEqual(people.map(() => 1));
    // Who could not get in meanwhile was not silent: nobody is blamed for our own outage.
    await until('all are online again', areOnline, patienceMs);
    expect([...shownSince(from)].toSorted()).toEqual(['online', 'unknown']);
    await requireCustody(store);
  }, 300_000);
});

const outageMs = 20_000;

async function health(port: number): Promise<{ status: number }> {
  const reply = await fetch(`http://127.0.0.1:${port}/healthz`);
  await reply.text();
  return { status: reply.status };
}
