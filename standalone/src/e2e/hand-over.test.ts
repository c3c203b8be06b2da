import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { KioskState } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoPin } from '#demo/set-demo-pins.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { openKiosk, type Kiosk } from './testing/kiosk.ts';

/** The centre looks for terminals without a key once a minute; the kiosk takes twenty items a minute. */
const [sealTries, sealPauseMs] = [30, 4_000];

vi.setConfig({ testTimeout: 240_000 });
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let kiosk: Kiosk;
let start: KioskState;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 1 }));
  store = stack.use(await openReader(house.databaseUrl));
  kiosk = await openKiosk(house.links.kiosk);
  await kiosk.waitFor('people with PINs', ({ people }) => people.every((each) => each.hasPin));
  start = await kiosk.waitFor('the link', ({ link }) => link.state === 'up');
}, 240_000);
afterAll(() => stack.disposeAsync());

interface Row {
  readonly state: string;
  readonly leftBy: string;
  readonly acceptedBy: string | null;
  readonly text: string | null;
}

async function itemAtCentre(itemId: string): Promise<Row | undefined> {
  const { rows } = await store.pool.query<Row>(
    `select state, left_by as "leftBy", accepted_by as "acceptedBy", text
     from hand_over_item left join hand_over_text using (item_id) where item_id = $1`,
    [itemId],
  );
  return rows[0];
}

const prove = async (aim: 'check-in' | 'check-out', index: number) => {
  const personId = start.people[index]?.personId ?? '';
  const { status, body } = await kiosk.post(`/api/${aim}/pin`, { personId, pin: demoPin });
  expect([aim, status, body['code']]).toEqual([aim, 200, undefined]);
  return { personId, pass: String(body['pass']), waiting: body['waiting'] };
};

/** The key that seals words travels with the desired state: a first item is taken once it is here. */
async function requireSeal({ pass }: { readonly pass: string }): Promise<void> {
  const first = { pass, itemId: randomUUID(), sentences: [], text: '钥匙在抽屉里' };
  for (let left = sealTries; left > 0; left -= 1) {
    const { status, body } = await kiosk.post('/api/hand-over/leave', first);
    if (status === 200) return;
    expect(body['code']).toBe('no-seal');
    await pause(sealPauseMs);
  }
  throw new Error('The terminal was not given a key to seal with.');
}

it('a hand-over goes from hand to hand while the broker is stopped, and reaches the centre whole and once when it is back', async () => {
  const itemId = randomUUID();
  await requireSeal(await prove('check-in', 0));
  const said = { itemId, sentences: ['water-rising'], text: '桥头水位高' };
  const broker = house.fleet.child('broker');
  await broker.stop();
  await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
  const leaver = await prove('check-out', 0);
  expect(leaver.waiting).toBe(true);
  const kept = await kiosk.post('/api/hand-over/leave', { pass: leaver.pass, ...said });
  expect(kept.status).toBe(200);
  const taker = await prove('check-in', 1);
  const accepted = await kiosk.post('/api/hand-over/accept', {
    pass: taker.pass,
    itemIds: [itemId],
  });
  expect(accepted.status).toBe(200);
  const down = await kiosk.state();
  expect(down.handOvers).toMatchObject([{ state: 'left' }, { itemId, state: 'accepted' }]);
  expect(await itemAtCentre(itemId)).toBeUndefined();

  await broker.start();
  await kiosk.waitFor(
    'all delivered',
    ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
  );
  const isWhole = async () => (await itemAtCentre(itemId))?.text === said.text;
  await until('the centre has its words', isWhole, 60_000);
  expect(await itemAtCentre(itemId)).toMatchObject({
    state: 'accepted',
    leftBy: leaver.personId,
    acceptedBy: taker.personId,
  });
  const { rows } = await store.pool.query<{ type: string; count: number; open: number }>(
    `select type, count(*)::integer as count,
            count(*) filter (where body like '%水位高%')::integer as open
     from log where type in ('duty.checked-out', 'hand-over.left', 'hand-over.accepted')
     group by type order by type`,
  );
  expect(rows).toEqual([
    { type: 'duty.checked-out', count: 1, open: 0 },
    { type: 'hand-over.accepted', count: 1, open: 0 },
    { type: 'hand-over.left', count: 2, open: 0 },
  ]);
  await requireCustody(store);
});
