import { randomUUID } from 'node:crypto';
import type { HandOverLine, Page } from '@sightline/contracts';
import { catchUp, liveProjections } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedWatch, type SeededVillage } from '#testing/seed-watch.ts';
import { record } from '#testing/start-test-centre.ts';
import { openTestConsole, type TestConsole } from './testing-console.ts';

const region = '540235100201';
const terminalId = `t-${region}`;
const open = '/api/hand-overs?purpose=duty-watch';
const ids = Array.from({ length: 3 }, () => randomUUID());

let console: TestConsole;
let village: SeededVillage;
beforeAll(async () => {
  console = await openTestConsole();
  const { now } = console.clock;
  const seed = { regions: [region], from: '2026-11-23', days: 1, now };
  const [seeded] = await seedWatch(console.store, seed);
  if (seeded === undefined) throw new Error('No village was seeded.');
  village = seeded;
  const shift = '2026-11-23/day';
  const said = { terminalId, shift, personId: village.holder, sentences: ['keys-handed-over'] };
  const by = { terminalId, personId: village.fallback };
  await record(console.store, [
    ...ids.map((itemId) => ({
      region,
      type: 'hand-over.left' as const,
      data: { itemId, ...said },
    })),
    {
      region,
      type: 'hand-over.accepted',
      data: { itemId: ids[0] ?? '', ...by, shift: '2026-11-23/night' },
    },
    { region, type: 'hand-over.done', data: { itemId: ids[0] ?? '', ...by } },
  ]);
  await catchUp(console.store, liveProjections);
});
afterAll(() => console[Symbol.asyncDispose]());

test('who keeps the roster reads what is open by name, and the reading stands in the audit', async () => {
  const officer = await console.enter(['dispatcher'], '540235100');
  const reply = await console.call({ url: open, cookie: officer });
  const { items } = reply.json<Page<HandOverLine>>();
  expect(items.map(({ itemId }) => itemId)).toEqual(ids.slice(1));
  expect(items[0]).toMatchObject({
    state: 'left',
    leftBy: '扎西',
    sentences: ['keys-handed-over'],
  });
  const all = await console.call({ url: `${open}&state=all`, cookie: officer });
  expect(all.json<Page<HandOverLine>>().items.at(-1)).toMatchObject({
    itemId: ids[0],
    state: 'done',
    acceptedBy: '扎西',
  });
  const { rows } = await console.store.pool.query(
    `select what, region from reading where what = 'hand-overs.read' order by seq`,
  );
  expect(rows).toEqual([
    { what: 'hand-overs.read', region: '540235100' },
    { what: 'hand-overs.read', region: '540235100' },
  ]);
});

test('nobody else reads it: neither another township, nor another role, nor without a purpose', async () => {
  const next = await console.enter(['dispatcher'], '540235101');
  const beside = await console.call({ url: open, cookie: next });
  expect(beside.json<Page<HandOverLine>>().items).toEqual([]);
  const system = await console.enter(['system-administrator'], '5402');
  expect((await console.call({ url: open, cookie: system })).statusCode).toBe(403);
  const officer = await console.enter(['registrar'], '5402');
  expect((await console.call({ url: '/api/hand-overs', cookie: officer })).statusCode).not.toBe(
    200,
  );
});
