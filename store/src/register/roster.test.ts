import { randomUUID } from 'node:crypto';
import { isRefusal, peoplePerVillage } from '@sightline/contracts';
import { openTestStore } from '#testing.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { lastPosition } from '#log/read-log.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { expect, test } from 'vitest';
import { addPeople } from './add-people.ts';
import { listDivisions, placeNamesOf, seedDivisions, topRegions } from './divisions.ts';
import { countPeople } from './people.ts';
import { loadRoster, refreshRosters } from './roster.ts';

const village = '540235100201';
const change = { now: Temporal.Instant.from('2026-11-23T04:00:00Z'), actor: 'system:test' };

async function openRegister() {
  const store = await openTestStore();
  await seedDivisions(store.pool);
  return store;
}

function peopleOf(region: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    personId: randomUUID(),
    region,
    name: `人${index}`,
    post: '',
  }));
}

test('the divisions are seeded once and know their path', async () => {
  await using store = await openRegister();
  await seedDivisions(store.pool);
  expect(await listDivisions(store.pool, '5402')).toHaveLength(1 + 18 + 206 + 1693);
  expect(await topRegions(store.pool)).toEqual(['5402']);
  expect(await placeNamesOf(store.pool, village)).toEqual(['聂拉木县', '聂拉木镇', '宗塔村']);
  expect(
    (await listDivisions(store.pool, '540235100')).slice(0, 3).map((row) => row.region),
  ).toEqual(['5402', '540235', '540235100']);
});

test('the table itself refuses a twenty-first active person and a slot taken twice', async () => {
  await using store = await openRegister();
  const insert = (slot: number) =>
    store.pool.query(
      `insert into person (person_id, region, name, post, slot, added_at)
       values ($1, $2, 'x', '', $3, now())`,
      [randomUUID(), village, slot],
    );
  await insert(1);
  await expect(insert(1)).rejects.toThrow(/unique/);
  await expect(insert(peoplePerVillage + 1)).rejects.toThrow(/check/);
});

test('adds made at once, each in its own transaction, never pass twenty and refuse the rest', async () => {
  await using store = await openRegister();
  const results = await Promise.all(
    Array.from({ length: 13 }, () => addPeople(store, peopleOf(village, 2), change)),
  );
  const refused = results.filter((result) => result !== null);
  expect(refused.map((refusal) => refusal.code)).toEqual(Array(3).fill('village-full'));
  expect((await countPeople(store.pool, '5402')).get(village)).toBe(peoplePerVillage);
});

test('a refused batch leaves nothing: no person, no fact', async () => {
  await using store = await openRegister();
  const people = [...peopleOf('540235100202', 1), ...peopleOf(village, peoplePerVillage + 1)];
  const refusal = await addPeople(store, people, change);
  expect(isRefusal(refusal) && refusal.code).toBe('village-full');
  expect(await lastPosition(store.pool)).toBe(0);
  expect((await countPeople(store.pool, '5402')).size).toBe(0);
  const lost = await addPeople(store, peopleOf('540235100999', 1), change);
  expect(isRefusal(lost) && lost.code).toBe('no-such-village');
});

test('a roster that moved on since the decider looked is a conflict', async () => {
  await using store = await openRegister();
  const seen = await loadRoster(store.pool, village);
  const expectedPosition = { stream: `people/${village}/roster`, position: seen.position };
  const decided = { ...change, expectedPosition };
  expect(await addPeople(store, peopleOf(village, 1), decided)).toBeNull();
  const late = await addPeople(store, peopleOf(village, 1), decided);
  expect(isRefusal(late) && late.code).toBe('conflict');
  expect((await loadRoster(store.pool, village)).people).toHaveLength(1);
});

test('a terminal made after its people gets them when the rosters are refreshed', async () => {
  await using store = await openRegister();
  await addPeople(store, peopleOf(village, 3), change);
  const terminalId = `${village}-1`;
  await inTransaction(store, async (client) => {
    await createTerminals(client, [{ terminalId, region: village, simulated: true }]);
    await refreshRosters(client, [village]);
  });
  expect((await readDesired(store.pool, terminalId))?.people.map((each) => each.name)).toEqual([
    '人0',
    '人1',
    '人2',
  ]);
});
