import { randomUUID } from 'node:crypto';
import type { NoticeLine, NoticePlan, NoticeView, Page } from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  createTerminal,
  noticeProjection,
  readDesired,
} from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const neighbour = '540235100202';
const county = '540235';
const personId = randomUUID();

/** A clock that is years off: nobody set it, so it says nothing. */
const sayingAt = '2020-01-01T00:00:00.000Z';

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

const post = (body: Record<string, unknown> = {}, cookie = dispatcher) =>
  console.call({
    method: 'POST',
    url: '/api/notices',
    cookie,
    body: {
      noticeId: randomUUID(),
      region: county,
      level: 'important',
      title: ' 防雪 ',
      text: '今夜有雪\n',
      mustReadBy: null,
      ...body,
    },
  });
const get = async <T>(url: string, cookie = dispatcher): Promise<T> =>
  (await console.call({ url, cookie })).json<T>();
const told = async () =>
  (await readDesired(console.store.pool, `${village}-1`))?.notices?.map(({ title }) => title) ?? [];

test('before it is posted the page is told how many get it; it reaches just those', async () => {
  const plan = await get<NoticePlan>(`/api/notices/plan?region=${county}`);
  expect(plan.villages).toBe(2);
  const noticeId = randomUUID();
  const reply = await post({ noticeId });
  expect([reply.statusCode, reply.json()]).toEqual([201, { noticeId, villages: 2 }]);
  expect(await told()).toEqual(['防雪']);
  expect(problemOf(await post({ noticeId }))).toBe('id-taken');
  expect(problemOf(await post({ region: '540235100203' }))).toBe('nobody-to-tell');
  const past = console.clock.now.subtract({ minutes: 1 }).toString({ fractionalSecondDigits: 3 });
  expect(problemOf(await post({ mustReadBy: past }))).toBe('read-by-time');
});

test('who signed is named to whoever opens it, which is audited; a neighbour’s account sees none of it', async () => {
  // Later than those before it: the list is newest first.
  console.clock.now = console.clock.now.add({ seconds: 1 });
  const noticeId = randomUUID();
  await post({ noticeId });
  const data = { noticeId, terminalId: `${village}-1`, personId, method: 'pin' };
  await source.append(console.store, [
    { region: village, type: 'notice.read', at: sayingAt, data },
  ]);
  await catchUp(console.store, [noticeProjection]);
  const { items } = await get<Page<NoticeLine>>(`/api/notices?region=${county}`);
  expect(items[0]).toMatchObject({ noticeId, title: '防雪', sent: 2, delivered: 1, read: 1 });
  const view = await get<NoticeView>(`/api/notices/${noticeId}?region=${county}`);
  expect(view.receipts.map(({ region, readBy }) => [region, readBy])).toEqual([
    [neighbour, null],
    [village, '扎西'],
  ]);
  const { rows } = await console.store.pool.query<{ what: string }>(
    `select what from audit where body::json ->> 'subject' = $1 order by seq`,
    [`notice:${noticeId}`],
  );
  expect(rows.map(({ what }) => what)).toEqual(['notice.post', 'notice.read']);
  const other = await console.enter(['dispatcher'], '540202');
  const url = `/api/notices/${noticeId}?region=540202`;
  expect((await console.call({ url, cookie: other })).statusCode).toBe(404);
  const below = await console.enter(['dispatcher'], neighbour);
  const own = await get<NoticeView>(`/api/notices/${noticeId}?region=${neighbour}`, below);
  expect(own.receipts.map(({ region }) => region)).toEqual([neighbour]);
});

test('it is withdrawn once, and only by whoever has the whole region', async () => {
  const before = await told();
  const noticeId = randomUUID();
  await post({ noticeId });
  const withdraw = (cookie: string) =>
    console.call({ method: 'POST', url: `/api/notices/${noticeId}/withdraw`, cookie, body: {} });
  const below = await console.enter(['dispatcher'], village);
  expect((await withdraw(below)).statusCode).toBe(403);
  expect((await withdraw(dispatcher)).statusCode).toBe(201);
  expect(await told()).toEqual(before);
  expect(problemOf(await withdraw(dispatcher))).toBe('withdrawn-before');
});
