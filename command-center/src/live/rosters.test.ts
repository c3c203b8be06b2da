import { randomUUID } from 'node:crypto';
import {
  addPeople,
  changeRosters,
  createTerminal,
  inTransaction,
  readDesired,
  seedDivisions,
} from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { startRosters } from './rosters.ts';

const villages = ['540235100201', '540235100202'] as const;
const patienceMs = 10_000;

test('terminals are told the next days when the centre starts, without anybody changing a roster', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const now = Temporal.Instant.from('2026-11-23T04:00:00Z');
  const change = { now, actor: 'system:test', why: 'edited' } as const;
  for (const region of villages) {
    const personId = randomUUID();
    await addPeople(store, [{ personId, region, name: '扎西', post: '' }], change);
    await createTerminal(store, { terminalId: `${region}-1`, region, simulated: true });
    const window = { from: '2026-12-20', days: 12, posts: ['watch'] } as const;
    const shift = '2026-12-31/day';
    const slots = [{ post: 'watch', shift, personId, fallbackId: null }] as const;
    await inTransaction(store, (client) =>
      changeRosters(client, [{ region, window, slots }], change),
    );
  }
  const told = async () => {
    const documents = villages.map((region) => readDesired(store.pool, `${region}-1`));
    return (await Promise.all(documents)).map((desired) => desired?.roster?.from ?? null);
  };
  // 38 days ahead of that day, beyond what a terminal holds.
  expect(await told()).toEqual([null, null]);
  const errors: unknown[] = [];
  await using _ = startRosters({
    store,
    now: () => now.add({ hours: 24 * 10 }),
    onError: (error) => errors.push(error),
  });
  // A week before that day: a person may appeal against their duties so long.
  await expect.poll(told, { timeout: patienceMs }).toEqual(['2026-11-26', '2026-11-26']);
  expect(errors).toEqual([]);
});
