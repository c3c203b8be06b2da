import { randomUUID } from 'node:crypto';
import type {
  Page,
  Reachability,
  SpotCheckLine,
  SpotCheckPlan,
  SpotCheckProgress,
  SpotCheckView,
} from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  createTerminal,
  readDesired,
  spotCheckProjection,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const neighbour = '540235100202';
const county = '540235';
const personId = randomUUID();

let console: TestConsole;
let dispatcher: string;
let source: TestSource;
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  source = new TestSource();
  for (const region of [village, neighbour]) {
    await createTerminal(store, { terminalId: `${region}-1`, region, simulated: true });
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [region === village ? source.source : region, `${region}-1`, clock.now.toString()],
    );
  }
  const person = { personId, region: village, name: '扎西', post: '' };
  await addPeople(store, [person], { now: clock.now, actor: 'system:test' });
  dispatcher = await console.enter(['dispatcher'], county);
});
afterAll(() => console[Symbol.asyncDispose]());

const order = (body: Record<string, unknown> = {}, cookie = dispatcher) =>
  console.call({
    method: 'POST',
    url: '/api/spot-checks',
    cookie,
    body: {
      checkId: randomUUID(),
      region: village,
      reason: 'weather-warning',
      note: ' 今夜暴雪 ',
      seconds: 300,
      ...body,
    },
  });
const get = async <T>(url: string, cookie = dispatcher): Promise<T> =>
  (await console.call({ url, cookie })).json<T>();
const post = (url: string, body: object, cookie = dispatcher) =>
  console.call({ method: 'POST', url, cookie, body });
const tell = async (checkId: string, kind: string, more: Record<string, unknown> = {}) => {
  const data = { checkId, terminalId: `${village}-1`, ...more };
  const type = `spot-check.${kind}` as 'spot-check.answered'; // One of the four, as the tests call it.
  await source.append(console.store, [
    { region: village, type, at: '2020-01-01T00:00:00.000Z', data },
  ]);
  await catchUp(console.store, [spotCheckProjection]);
};
/** The next day, so that one test's rings are not another's quota; sessions have ended meanwhile. */
const nextDay = async () => {
  console.clock.now = console.clock.now.add({ hours: 24 });
  dispatcher = await console.enter(['dispatcher'], county);
};

test('before an order the page is told who rings and who is left out; the order does just that', async () => {
  const plan = await get<SpotCheckPlan>(`/api/spot-checks/plan?region=${county}`);
  expect(plan).toMatchObject({ rings: 2, perVillageAndDay: 2, ordersLeft: 6 });
  expect(new Set(plan.leftOut.map(({ why }) => why))).toEqual(new Set(['not-equipped']));
  const checkId = randomUUID();
  const reply = await order({ checkId, region: county });
  expect([reply.statusCode, reply.json()]).toEqual([
    201,
    { checkId, rings: 2, leftOut: plan.leftOut.length },
  ]);
  const desired = await readDesired(console.store.pool, `${village}-1`);
  expect(desired?.checks?.[0]).toMatchObject({
    checkId,
    reason: 'weather-warning',
    note: '今夜暴雪',
    by: { roles: ['dispatcher'], region: county },
  });
  // A note stands outside the log, and nobody's name in it.
  const { rows } = await console.store.pool.query<{ body: string }>('select body from log');
  expect(rows.map(({ body }) => body).join()).not.toMatch(/今夜暴雪|扎西/);
  await nextDay();
});

test('a village rings twice a day and no more, also when two order at the same time', async () => {
  const other = await console.enter(['dispatcher'], '5402');
  const replies = await Promise.all([order(), order({}, other), order(), order({}, other)]);
  const refused = replies.filter(({ statusCode }) => statusCode === 409);
  expect(refused.map(problemOf)).toEqual(['quota-used', 'quota-used']);
  expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(2);
  const plan = await get<SpotCheckPlan>(`/api/spot-checks/plan?region=${county}`);
  expect(plan.rings).toBe(1);
  expect(plan.leftOut).toContainEqual({ region: village, why: 'quota-used' });
  // The rest rings.
  expect((await order({ region: county })).json()).toMatchObject({ rings: 1 });
  await nextDay();
});

test('an account orders six an hour, a reason is required, and a repetition is the same order', async () => {
  const busy = await console.enter(['dispatcher'], county);
  expect((await order({ reason: 'because' }, busy)).statusCode).toBe(400);
  expect((await order({ note: '长'.repeat(101) }, busy)).statusCode).toBe(400);
  await console.store.pool.query(
    `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
     select gen_random_uuid(), $1, 'routine', '', 60, $2::timestamptz, $2::timestamptz + interval '60 s',
            (select account_id from account where login = $3) from generate_series(1, 5)`,
    [county, console.clock.now.toString(), (await get<{ login: string }>('/api/me', busy)).login],
  );
  const key = randomUUID();
  const body = { checkId: randomUUID(), region: village, reason: 'routine', note: '', seconds: 60 };
  const send = () =>
    console.call({ method: 'POST', url: '/api/spot-checks', cookie: busy, body, key });
  const twice = [await send(), await send()];
  expect(twice.map((reply) => reply.json())).toEqual([
    { checkId: body.checkId, rings: 1, leftOut: 0 },
    { checkId: body.checkId, rings: 1, leftOut: 0 },
  ]);
  expect(problemOf(await order({}, busy))).toBe('orders-used');
  await nextDay();
});

test('the funnel has no name in it; who answered is read with an audit row', async () => {
  const checkId = randomUUID();
  await order({ checkId, region: county });
  await tell(checkId, 'delivered');
  await tell(checkId, 'shown');
  await tell(checkId, 'answered', { personId, method: 'pin' });
  const screen = await console.enter(['viewer'], county);
  const url = `/api/spot-checks/${checkId}/funnel`;
  const reply = await console.call({ url, cookie: screen });
  expect(reply.body).not.toMatch(/扎西/);
  expect(reply.json<SpotCheckProgress>().villages.map(({ region }) => region)).toEqual([
    village,
    neighbour,
  ]);
  expect(reply.json<SpotCheckProgress>().villages[1]?.state).toBe('not-delivered');
  // A narrower account sees its own part of a wider check, another county nothing of it.
  const small = await console.enter(['viewer'], neighbour);
  expect((await get<SpotCheckProgress>(url, small)).funnel.rung).toBe(1);
  const elsewhere = await console.enter(['dispatcher'], '540221');
  expect((await console.call({ url, cookie: elsewhere })).statusCode).toBe(404);
  const named = `/api/spot-checks/${checkId}?purpose=duty-watch`;
  expect((await console.call({ url: named, cookie: screen })).statusCode).toBe(403);
  const view = await get<SpotCheckView>(named);
  expect(view.answers).toEqual([{ region: village, name: '扎西' }]);
  const { rows } = await console.store.pool.query<{ what: string }>(
    `select what from audit where body::json ->> 'subject' = $1 order by seq`,
    [`spot-check:${checkId}`],
  );
  expect(rows.map(({ what }) => what)).toEqual(['spot-check.order', 'spot-check.read']);
  const list = await get<Page<SpotCheckLine>>('/api/spot-checks?purpose=duty-watch');
  expect(list.items[0]).toMatchObject({ checkId, rung: 2 });
  await nextDay();
});

test('a check is withdrawn while it rings, and a village that asked is called back', async () => {
  const checkId = randomUUID();
  await order({ checkId });
  const call = (reached: boolean, region = village) =>
    post(`/api/spot-checks/${checkId}/call-back`, { region, reached });
  expect(problemOf(await call(true))).toBe('no-call-asked');
  expect(problemOf(await call(true, neighbour))).toBe('not-rung');
  // Received by the database's own clock, which is far from this test's: the fold clamps to the order.
  await console.store.pool.query(
    `update spot_check_village set call_asked_at = ordered_at + interval '5 s' where check_id = $1`,
    [checkId],
  );
  console.clock.now = console.clock.now.add({ seconds: 65 });
  expect((await call(true)).statusCode).toBe(201);
  const progress = await get<SpotCheckProgress>(`/api/spot-checks/${checkId}/funnel`);
  expect(progress.villages).toMatchObject([{ state: 'answered', method: 'call', reachMs: 5_000 }]);
  expect((await post(`/api/spot-checks/${checkId}/withdraw`, {})).statusCode).toBe(201);
  expect(problemOf(await post(`/api/spot-checks/${checkId}/withdraw`, {}))).toBe(
    'withdrawn-before',
  );
  const reach = await get<Reachability>(`/api/reachability?region=${county}`);
  expect(reach.reciprocal).toMatchObject([{ of: 'call-back', answered: 1, p50Ms: 60_000 }]);
  expect(reach.below.map(({ region }) => region)).toEqual(['540235100']);
  expect(
    (await console.call({ url: '/api/reachability?from=2026-13-01', cookie: dispatcher }))
      .statusCode,
  ).toBe(400);
});
