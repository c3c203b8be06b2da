import { randomUUID } from 'node:crypto';
import { shiftAt, shiftFromKey, type ClockReading } from '@sightline/contracts';
import {
  addPeople,
  applyRegionChange,
  catchUp,
  changeRosters,
  countDutiesByDay,
  createTerminal,
  inTransaction,
  liveProjections,
  refreshDutyDays,
  saveLinkStates,
  seedDivisions,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestDevice, type DeviceFact } from '#testing/test-device.ts';
import { keepLedger } from './ledger-keeper.ts';

const region = '540235100201';
const terminalId = `${region}-1`;
const now = Temporal.Now.instant();
/** Twelve whole days ago: a village that is back after ten has its word in time to be late. */
const day = shiftAt(now.subtract({ hours: 24 * 12 })).key.slice(0, 10);
const dayFrom = shiftFromKey(`${day}/day`).from;
const dayEnd = shiftFromKey(`${day}/day`).to;
const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];

describe.each([
  { name: 'embedded PostgreSQL', timescale: false },
  { name: 'PGlite with TimescaleDB', timescale: true },
])('the ledger kept from the log on $name', ({ timescale }) => {
  let store: TestStore;
  let device: TestDevice;
  beforeAll(async () => {
    store = await openTestStore({ timescale });
    await seedDivisions(store.pool);
    await createTerminal(store, { terminalId, region, simulated: true });
    device = await TestDevice.enrol(store, { terminalId, region });
    const began = dayFrom.subtract({ hours: 48 });
    await store.pool.query('update terminal_source set enrolled_at = $1', [began.toString()]);
    const people = [first, second, third].map((personId, index) => ({
      personId,
      region,
      post: '委员',
      name: `扎西${String(index)}`,
    }));
    const change = { now: began, actor: 'system:test' } as const;
    await addPeople(store, people, change);
    const slots = (['lead', 'watch', 'standby'] as const).map((post, index) => ({
      post,
      shift: `${day}/day`,
      fallbackId: null,
      personId: people[index]?.personId ?? '',
    }));
    const window = { from: day, days: 1, posts: ['lead', 'watch', 'standby'] as const };
    await inTransaction(store, (client) =>
      changeRosters(client, [{ region, window, slots }], { ...change, why: 'edited' }),
    );
  }, 120_000);
  afterAll(() => store[Symbol.asyncDispose]());

  const keep = async (at: Temporal.Instant) => {
    await catchUp(store, liveProjections);
    await keepLedger(store, () => at);
    await refreshDutyDays(store);
  };
  const rows = async () => {
    const found = await store.pool.query<{ row: string }>(
      `select concat_ws(' ', post, verdict, why, late_minutes, case when completed_at is not null
         then 'completed' end) as row from duty_ledger order by post`,
    );
    return found.rows.map(({ row }) => row);
  };
  const beat = (at: Temporal.Instant, waiting: number) => {
    const beatAt = at.toString({ fractionalSecondDigits: 3 });
    const none = { oldestWaitingAt: null, deadLetters: 0, desiredVersion: 0, camera: null };
    const state = { terminalId, region, connected: true, linkSince: beatAt, beatAt, waiting };
    return saveLinkStates(store.pool, [{ ...state, ...none, version: null, device: null }]);
  };
  const checkIn = (
    personId: string,
    at: Temporal.Instant,
    clock?: ClockReading,
  ): DeviceFact<'duty.checked-in'> => ({
    type: 'duty.checked-in',
    at,
    ...(clock === undefined ? {} : { clock }),
    data: { personId, terminalId, shift: `${day}/day`, method: 'pin' },
  });

  test('a village that is not heard is unknown; back after ten days it corrects the ledger and the figures of those days', async () => {
    await beat(dayFrom.subtract({ hours: 3 }), 0);
    await keep(dayFrom.add({ hours: 1 }));
    expect(await rows()).toEqual(['lead open', 'standby open', 'watch open']);
    await keep(dayEnd.add({ hours: 1 }));
    const unknown = ['lead', 'standby', 'watch'].map((post) => `${post} unknown not-heard`);
    expect(await rows()).toEqual(unknown);
    // It is back and begins to send: what waits is not yet what it had to say.
    await device.append(store, [checkIn(first, dayFrom.add({ minutes: 5 }))]);
    await beat(now, 7);
    await keep(now);
    const lead = 'lead on-time completed';
    expect(await rows()).toEqual([lead, 'standby unknown not-heard', 'watch unknown not-heard']);
    const days = { scope: region, from: day, to: day };
    const figures = async () =>
      (await countDutiesByDay(store.pool, days)).map(
        ({ verdict, duties, completed }) => `${verdict} ${duties} ${completed}`,
      );
    expect(await figures()).toEqual(['on-time 1 1', 'unknown 2 0']);
  });

  test('a clock that was never anchored, two hours wrong, makes nobody absent or late; an anchor gives the right minute', async () => {
    const clock = { bootId: randomUUID(), uptimeMs: 3_600_000, offsetMs: null };
    const made = dayFrom.add({ minutes: 95 });
    await device.append(store, [checkIn(second, made.subtract({ minutes: 120 }), clock)]);
    await beat(now.add({ minutes: 10 }), 0);
    await keep(now.add({ minutes: 10 }));
    const lead = 'lead on-time completed';
    const standby = 'standby absent completed';
    expect(await rows()).toEqual([lead, standby, 'watch unknown uncertain-clock']);
    const offsetMs = made.epochMilliseconds - clock.uptimeMs;
    const anchor = { ...clock, uptimeMs: 9_000_000, offsetMs };
    const data = { bootId: clock.bootId, offsetMs };
    await device.append(store, [{ type: 'clock.anchored', at: now, clock: anchor, data }]);
    await keep(now.add({ minutes: 11 }));
    expect(await rows()).toEqual([lead, standby, 'watch late 95 completed']);
  });

  test('merging the village into another keeps its ledger where it was, in the figures of its county', async () => {
    const before = await rows();
    await inTransaction(store, (client) =>
      applyRegionChange(client, {
        day: day.replace(/\d\d$/, '28'),
        added: [],
        ended: [{ region, into: '540235100202' }],
        moves: [],
      }),
    );
    await keep(now.add({ hours: 24 }));
    expect(await rows()).toEqual(before);
    const inCounty = await countDutiesByDay(store.pool, { scope: '540235', from: day, to: day });
    expect(inCounty.map(({ verdict }) => verdict)).toEqual(['absent', 'late', 'on-time']);
  });
});
