import { randomUUID } from 'node:crypto';
import type { LeftOutVillage, OrderSpotCheckRequest } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { listDesiredChanges, readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { readCheckGround } from './hold-spot-check.ts';
import { noteCallBack, orderSpotCheck, withdrawSpotCheck } from './order-spot-check.ts';
import { reachabilityBelow, reachabilityByDay, readReciprocal } from './read-reachability.ts';
import { listCheckedVillages, readFunnel, readSpotCheck } from './read-spot-checks.ts';
import { spotCheckProjection } from './spot-check-projection.ts';

const first = '540235100201';
const second = '540235100202';
const bare = '540235100203';
const rings = [first, second];
const scope = '540235100';

describe.each(engines)('spot checks on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  const person = randomUUID();
  const sources = new Map(rings.map((region) => [region, new TestSource()]));
  /** Facts are received now by the database's clock: so the orders are given now too. */
  const now = Temporal.Now.instant().round('millisecond');
  const change = { now, actor: 'system:test' };

  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '5402', now });
    await createTerminals(
      store,
      rings.map((region) => ({ terminalId: `${region}-1`, region, simulated: true })),
    );
    for (const [region, { source }] of sources) {
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
        [source, `${region}-1`, now.toString()],
      );
    }
    const people = [{ personId: person, region: first, name: '扎西', post: '' }];
    expect(await addPeople(store, people, change)).toBeNull();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const order = async (more: Partial<OrderSpotCheckRequest> = {}, at = now): Promise<string> => {
    const checkId = randomUUID();
    const leftOut: LeftOutVillage[] = [{ region: bare, why: 'not-equipped' }];
    const by = { login: 'd', roles: ['dispatcher'], region: '5402' };
    const asked = { region: scope, reason: 'routine', note: '雨大', seconds: 300 } as const;
    await inTransaction(store, async (client) => {
      const decided = { checkId, ...asked, ...more, accountId, by, rings, leftOut };
      expect(await orderSpotCheck(client, decided, { ...change, now: at })).toBeNull();
    });
    return checkId;
  };
  const said = (
    region: string,
    checkId: string,
    kind: string,
    uptimeMs: number,
    more: Record<string, unknown> = {},
  ): TestFact => ({
    region,
    type: `spot-check.${kind}` as TestFact['type'],
    at: '2020-01-01T00:00:00.000Z', // A clock that is years off.
    clock: { bootId: sources.get(region)?.bootId ?? '', uptimeMs, offsetMs: null },
    data: { checkId, terminalId: `${region}-1`, ...more },
  });
  const tell = async (region: string, ...facts: TestFact[]): Promise<void> => {
    await sources.get(region)?.append(store, facts);
    await catchUp(store, [spotCheckProjection]);
  };
  const stateOf = async (checkId: string, region: string) =>
    (await listCheckedVillages(store.pool, { checkId, scope })).find((v) => v.region === region);

  test('an order stands in the tables, at each terminal and in the log at once', async () => {
    const before = (await listDesiredChanges(store.pool, null)).map(
      ({ desired }) => desired.version,
    );
    const checkId = await order();
    for (const region of rings) {
      const desired = await readDesired(store.pool, `${region}-1`);
      expect(desired?.checks?.[0]).toMatchObject({ checkId, reason: 'routine', note: '雨大' });
      expect(before).toContain((desired?.version ?? 0) - 1);
    }
    expect(await readFunnel(store.pool, { checkId, scope })).toMatchObject({
      rung: 2,
      delivered: 0,
    });
    const { rows } = await store.pool.query(
      `select body::json -> 'data' as data from log where body::json ->> 'type' = 'spot-check.ordered'`,
    );
    expect(rows).toEqual([{ data: { checkId, reason: 'routine', seconds: 300, villages: 2 } }]);
    const ground = await readCheckGround(store.pool, { scope, accountId, now });
    expect(ground.ordersThisHour).toBe(1);
    expect(ground.villages.find(({ region }) => region === first)).toMatchObject({
      isEquipped: true,
      rungToday: 1,
    });
    expect(ground.villages.find(({ region }) => region === bare)).toMatchObject({
      isEquipped: false,
      rungToday: 0,
    });
  });

  test('the funnel follows the facts; the answer’s time is the terminal’s own running', async () => {
    const checkId = await order();
    await tell(
      first,
      said(first, checkId, 'delivered', 1_000),
      said(first, checkId, 'shown', 2_000),
      said(first, checkId, 'answered', 9_500, { personId: person, method: 'pin' }),
    );
    await tell(
      second,
      said(second, checkId, 'shown', 100),
      // Nobody of that village: shown, and not answered.
      said(second, checkId, 'answered', 200, { personId: person, method: 'pin' }),
    );
    expect(await readFunnel(store.pool, { checkId, scope })).toEqual({
      rung: 2,
      delivered: 2,
      shown: 2,
      answered: 1,
      tooLate: 0,
      answeredLate: 0,
      callsWaiting: 0,
    });
    expect(await stateOf(checkId, first)).toMatchObject({ answerMs: 7_500, method: 'pin' });
    const entry = { who: 'system:test', what: 'spot-check.read', region: scope };
    const audit = { ...entry, purpose: 'duty-watch', subject: null };
    const receipt = await appendAudit(store.pool, { entry: audit, now });
    const read = await readSpotCheck(store.pool, receipt, { checkId, scope });
    expect(read?.answers).toEqual([{ region: first, name: '扎西' }]);
    expect(read?.leftOut).toEqual([{ region: bare, why: 'not-equipped' }]);
  });

  test('what came after the end is not delivered, and a late answer is kept as late', async () => {
    const checkId = await order({ seconds: 30 }, now.subtract({ minutes: 5 }));
    await tell(first, said(first, checkId, 'delivered', 1_000));
    const late = await stateOf(checkId, first);
    expect(late?.deliveredAt).toBeNull();
    expect(late?.cameTooLateAt).not.toBeNull();
    await tell(first, said(first, checkId, 'answered', 2_000, { personId: person, method: 'pin' }));
    expect((await stateOf(checkId, first))?.answeredLateAt).not.toBeNull();
    expect(await readFunnel(store.pool, { checkId, scope })).toMatchObject({
      delivered: 0,
      answered: 0,
      tooLate: 1,
      answeredLate: 1,
    });
  });

  test('a village that asked to be called has answered once somebody spoke to it', async () => {
    const checkId = await order();
    await tell(first, said(first, checkId, 'call-asked', 5_000));
    expect(await readFunnel(store.pool, { checkId, scope })).toMatchObject({ callsWaiting: 1 });
    const call = (reached: boolean) =>
      inTransaction(store, (client) =>
        noteCallBack(client, { checkId, checkRegion: scope, region: first, reached }, change),
      );
    await call(false);
    expect(await readFunnel(store.pool, { checkId, scope })).toMatchObject({ callsWaiting: 1 });
    await call(true);
    await call(false);
    expect(await readFunnel(store.pool, { checkId, scope })).toMatchObject({
      callsWaiting: 0,
      answered: 1,
    });
  });

  test('the figures count a ring that nobody answered as slower than any answer', async () => {
    const day = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
    const period = { scope, from: day, to: day };
    const below = await reachabilityBelow(store.pool, period);
    expect(below.map(({ region }) => region)).toEqual(rings);
    expect(below[0]).toMatchObject({ rings: 4, answered: 2, p95Ms: null });
    expect(below[0]?.p50Ms).toBeGreaterThanOrEqual(0);
    expect(below[1]).toMatchObject({ answered: 0, p50Ms: null });
    expect(await reachabilityByDay(store.pool, period)).toMatchObject([{ day, rings: 8 }]);
    expect(await readReciprocal(store.pool, period)).toMatchObject([
      { of: 'call-back', asked: 1, answered: 1 },
    ]);
  });

  test('a withdrawn check rings nowhere and spoils no figure', async () => {
    const checkId = await order();
    await inTransaction(store, (client) =>
      withdrawSpotCheck(client, { checkId, region: scope }, change),
    );
    const desired = await readDesired(store.pool, `${first}-1`);
    expect(desired?.checks?.map(({ withdrawn }) => withdrawn).slice(0, 2)).toEqual([
      true,
      undefined,
    ]);
    const day = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
    const below = await reachabilityBelow(store.pool, { scope, from: day, to: day });
    expect(below[0]).toMatchObject({ rings: 4 });
  });

  test('a terminal is told of the newest twenty, and built again the villages are the same', async () => {
    for (let each = 0; each < 20; each += 1) await order();
    expect((await readDesired(store.pool, `${first}-1`))?.checks).toHaveLength(20);
    const all = () =>
      store.pool.query('select * from spot_check_village order by check_id, region');
    const before = (await all()).rows;
    await rebuild(store, spotCheckProjection);
    expect((await all()).rows).toEqual(before);
  });
});
