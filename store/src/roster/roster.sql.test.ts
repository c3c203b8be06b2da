import { randomUUID } from 'node:crypto';
import { isRefusal, unpackRoster, type RosterSlot, type RosterWindow } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { readStream } from '#log/read-log.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { inRefusableTransaction } from '#register/in-refusable-transaction.ts';
import { retirePerson } from '#register/retire-person.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { changeRosters, dutyRosterStream } from './change-roster.ts';
import { readRoster } from './read-roster.ts';
import { refreshTerminalRosters } from './refresh-terminal-rosters.ts';

const village = '540235100201';
const terminalId = `${village}-1`;
const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const change = { now, actor: 'system:test', why: 'edited' } as const;
const window: RosterWindow = { from: '2026-11-23', days: 2, posts: ['watch'] };
const [first, second, stranger] = [randomUUID(), randomUUID(), randomUUID()];

describe.each(engines)('rosters on $name', ({ open }) => {
  let store: TestStore;
  const put = (slots: readonly RosterSlot[]) =>
    inRefusableTransaction(store, (client) =>
      changeRosters(client, [{ region: village, window, slots }], change),
    );
  const read = () =>
    readRoster(store.pool, { scope: '540235', from: '2026-11-23', to: '2026-11-24' });
  const desiredSlots = async () => {
    const roster = (await readDesired(store.pool, terminalId))?.roster;
    return roster === undefined ? null : unpackRoster(roster);
  };
  const slot = (shift: string, personId: string, fallbackId: string | null = null): RosterSlot => ({
    post: 'watch',
    shift,
    personId,
    fallbackId,
  });
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    await createTerminals(store, [{ terminalId, region: village, simulated: true }]);
    const people = [first, second].map((personId) => ({
      personId,
      region: village,
      name: '扎西',
      post: '委员',
    }));
    expect(await addPeople(store, people, change)).toBeNull();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('a roster stands in the table, at the terminal and in the log at once', async () => {
    const slots = [slot('2026-11-23/night', first, second), slot('2026-11-24/day', second)];
    expect(await put(slots)).toBeNull();
    expect(await read()).toEqual(slots.map((each) => ({ region: village, ...each })));
    expect(await desiredSlots()).toEqual(slots);
    const stored = (await readStream(store.pool, dutyRosterStream(village))).at(-1);
    expect(stored?.fact.type).toBe('roster.changed');
  });

  test('what a change speaks of is replaced whole, the rest stays', async () => {
    expect(await put([slot('2026-11-23/day', second)])).toBeNull();
    expect(await read()).toEqual([{ region: village, ...slot('2026-11-23/day', second) }]);
    const other: RosterWindow = { from: '2026-11-23', days: 1, posts: ['lead'] };
    const lead: RosterSlot = { ...slot('2026-11-23/day', first), post: 'lead' };
    await inTransaction(store, (client) =>
      changeRosters(client, [{ region: village, window: other, slots: [lead] }], change),
    );
    expect(await read()).toHaveLength(2);
  });

  test('somebody who is no active person of the village stands in no roster', async () => {
    const before = await read();
    const refused = await put([slot('2026-11-24/day', stranger)]);
    expect(isRefusal(refused) && refused.code).toBe('person-not-on-list');
    await inTransaction(store, (client) =>
      retirePerson(client, { personId: second, region: village }, change),
    );
    const retired = await put([slot('2026-11-24/day', first, second)]);
    expect(isRefusal(retired) && retired.code).toBe('person-not-on-list');
    expect(await read()).toEqual(before);
  });

  test('a terminal is told anew as the days go by, and only when something changed', async () => {
    const refresh = (at: Temporal.Instant) =>
      inTransaction(store, (client) =>
        refreshTerminalRosters(client, { regions: [village], now: at }),
      );
    expect(await refresh(now)).toBe(0);
    expect(await refresh(now.add({ hours: 24 }))).toBe(1);
    expect((await readDesired(store.pool, terminalId))?.roster?.from).toBe('2026-11-17');
    expect(await refresh(now.add({ hours: 24 * 15 }))).toBe(1);
    expect(await desiredSlots()).toBeNull();
  });
});
