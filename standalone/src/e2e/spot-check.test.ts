import { randomUUID } from 'node:crypto';
import type { KioskState, SpotCheckProgress, SpotCheckVillage } from '@sightline/contracts';
import { inTransaction, openStore, updateDesired, type Store } from '@sightline/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';
import { print } from './testing/trials.ts';
import { openSession, type WebClient } from './testing/web-client.ts';

const patienceMs = 60_000;
vi.setConfig({ testTimeout: 240_000 });
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let desk: WebClient;
let start: KioskState;

/** A village without face recognition, and a dispatcher. */
beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(
    await openStore({ databaseUrl: house.databaseUrl, applicationName: 'e2e', poolSize: 2 }),
  );
  kiosk = await openKiosk(house.links.kiosk);
  start = await kiosk.waitFor('people with PINs', ({ people }) =>
    people.every((each) => each.hasPin),
  );
  await inTransaction(store, (client) =>
    updateDesired(client, start.terminalId ?? '', (desired) => ({
      ...desired,
      settings: { ...desired.settings, faceEnabled: false },
    })),
  );
  await kiosk.waitFor('no face recognition', ({ faceEnabled }) => !faceEnabled);
  desk = await openSession(house.links.signIn, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login: 'dispatcher', password: 'a long enough password' },
  });
}, 240_000);
afterAll(() => stack.disposeAsync());

async function ring(seconds: number): Promise<string> {
  const checkId = randomUUID();
  const order = { checkId, region: start.region, reason: 'weather-warning', note: '暴雪', seconds };
  const key = { 'idempotency-key': randomUUID() };
  const { status, body } = await desk.post('/api/spot-checks', order, key);
  expect([status, body['rings']]).toEqual([201, 1]);
  return checkId;
}

async function progressOf(checkId: string): Promise<SpotCheckProgress> {
  const { body } = await desk.get(`/api/spot-checks/${checkId}/funnel`);
  return body as unknown as SpotCheckProgress; // Our own centre, typed by the contract.
}

async function villageOf(checkId: string): Promise<SpotCheckVillage> {
  const [village] = (await progressOf(checkId)).villages;
  if (village === undefined) throw new Error('No village rang.');
  return village;
}

const isIn = (checkId: string, state: SpotCheckVillage['state']) => async () =>
  (await villageOf(checkId)).state === state;

const answer = (checkId: string) =>
  kiosk.post('/api/spot-check/pin', {
    checkId,
    personId: start.people[0]?.personId ?? '',
    pin: demoPin,
  });

async function factsOf(checkId: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ type: string }>(
    `select body::json ->> 'type' as type from log
     where stream = $1 and source <> 'centre' order by position`,
    [`spot-check/${start.region ?? ''}/${checkId}`],
  );
  return rows.map(({ type }) => type.replace('spot-check.', ''));
}

describe('a spot check with face recognition switched off', () => {
  it('is delivered, shown, survives the agent’s death, waits out a dead broker and is answered by PIN', async () => {
    const orderedMs = Date.now();
    const checkId = await ring(300);
    await until('it is delivered', isIn(checkId, 'delivered'), patienceMs);
    print(`ordered → delivered in the funnel: ${Date.now() - orderedMs} ms`);
    await kiosk.waitFor('it rings', ({ ringing }) => ringing === checkId);
    await kiosk.post('/api/spot-check/shown', { checkId });
    await until('it is shown', isIn(checkId, 'shown'), patienceMs);

    // Its supervisor brings it back.
    await house.fleet.child('agent').kill();
    kiosk = await vi.waitFor(() => openKiosk(house.links.kiosk), { timeout: patienceMs });
    await kiosk.waitFor('it rings still', ({ ringing }) => ringing === checkId);
    await kiosk.post('/api/spot-check/shown', { checkId });

    const broker = house.fleet.child('broker');
    await broker.stop();
    await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
    expect(await answer(checkId)).toMatchObject({
      status: 200,
      body: { outcome: 'check-answered', method: 'pin', isLate: false, waiting: true },
    });
    await broker.start();
    await until('it is answered', isIn(checkId, 'answered'), patienceMs);
    expect(await villageOf(checkId)).toMatchObject({ method: 'pin' });
    // By the machine's own running, over the agent's death and the broker's absence.
    expect((await villageOf(checkId)).answerMs).toBeGreaterThan(0);
    expect(await factsOf(checkId)).toEqual(['delivered', 'shown', 'answered']);
    expect((await progressOf(checkId)).funnel).toMatchObject({
      rung: 1,
      delivered: 1,
      answered: 1,
    });
  });

  it('ordered while the village has no link comes too late, is said so and does not ring', async () => {
    // A village rings twice a day: what rang before, rang yesterday, also where this is tried again.
    await store.pool.query(
      `update spot_check_village set ordered_at = ordered_at - interval '1 day'`,
    );
    const broker = house.fleet.child('broker');
    await broker.stop();
    const checkId = await ring(30);
    const { at } = await progressOf(checkId);
    const end = Temporal.Instant.from(at).add({ seconds: 31 });
    // By the clock of this machine, which is the centre's: asking it over and over is refused.
    const isOver = async () => Temporal.Instant.compare(Temporal.Now.instant(), end) > 0;
    await until('its end', isOver, patienceMs);
    expect((await villageOf(checkId)).state).toBe('not-delivered');
    await broker.start();
    await until('it came too late', isIn(checkId, 'too-late'), patienceMs);
    const state = await kiosk.state();
    expect(state.ringing).toBeNull();
    expect(state.checks[0]).toMatchObject({ checkId, isOpen: false });
    expect((await progressOf(checkId)).funnel).toMatchObject({ delivered: 0, tooLate: 1 });
    expect(await factsOf(checkId)).toEqual(['delivered']);
    await requireCustody(store);
  });
});
