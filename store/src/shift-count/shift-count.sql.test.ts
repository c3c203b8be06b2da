import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkInProjection } from '#live/check-in-projection.ts';
import { checkedIn, TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { countByTownship, countByVillage, type ShiftCount } from './read-shift-counts.ts';
import { refreshShiftCounts } from './refresh-shift-counts.ts';

const villages = ['540202001001', '540202001002', '540202002001', '540221100001'];
const days = { scope: '5402', fromDay: '2026-01-01', toDay: '2027-01-01' };
const seed = 20261126;
const start = Temporal.Instant.from('2026-03-01T00:00:00.000Z');

/** The same from every single check-in. */
async function countRaw({ pool }: TestStore, level: number): Promise<ShiftCount[]> {
  const { rows } = await pool.query<ShiftCount>(
    `select left(region, $1) collate "C" as region, method, certain, count(*)::integer as "checkIns"
     from check_in where world = 'actual' group by 1, 2, 3 order by 1, 2, 3`,
    [level],
  );
  return rows;
}

async function expectEqual(store: TestStore): Promise<void> {
  expect(await countByVillage(store.pool, days)).toEqual(await countRaw(store, 12));
  expect(await countByTownship(store.pool, days)).toEqual(await countRaw(store, 9));
}

/** A boot whose clock is not known until it is anchored: its check-ins move then. */
interface Boot {
  readonly village: string;
  readonly minutes: readonly number[];
  /** Null = never anchored. */
  readonly offsetMinutes: number | null;
}

const anyBoot = fc.record({
  village: fc.constantFrom(...villages),
  minutes: fc.array(fc.integer({ min: 0, max: 60 * 24 * 40 }), { minLength: 1, maxLength: 6 }),
  offsetMinutes: fc.option(fc.integer({ min: -3_000, max: 3_000 })),
});

function checkInsOf({ village, minutes }: Boot, bootId: string): TestFact[] {
  return minutes.map((minute) => {
    const at = start.add({ minutes: minute }).toString({ fractionalSecondDigits: 3 });
    return checkedIn(village, at, { bootId, uptimeMs: minute * 60_000, offsetMs: null });
  });
}

function anchorOf({ village, offsetMinutes }: Boot, bootId: string): TestFact[] {
  if (offsetMinutes === null) return [];
  const offsetMs = start.add({ minutes: offsetMinutes }).epochMilliseconds;
  const at = start.toString({ fractionalSecondDigits: 3 });
  const clock = { bootId, uptimeMs: 0, offsetMs };
  return [{ region: village, type: 'clock.anchored', at, clock, data: { bootId, offsetMs } }];
}

describe.each(engines)('counts of shifts on $name', ({ name, open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query('truncate check_in, clock_anchor');
    await refreshShiftCounts(store);
  });

  const runs = name.startsWith('PGlite') ? 12 : 40;

  test('they equal the check-ins themselves after late facts and clocks set right, and when built anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBoot, { minLength: 1, maxLength: 6 }), async (boots) => {
        const ids = boots.map(() => randomUUID());
        const source = new TestSource();
        const facts = boots.flatMap((boot, i) => checkInsOf(boot, ids[i] ?? ''));
        await source.append(store, facts);
        await catchUp(store, [checkInProjection]);
        await refreshShiftCounts(store);
        await expectEqual(store);
        // Now these days are taken over: what comes for them is late.
        const anchors = boots.flatMap((boot, i) => anchorOf(boot, ids[i] ?? ''));
        const late = boots.flatMap((boot) => checkInsOf(boot, randomUUID()));
        await source.append(store, [...anchors, ...late]);
        await catchUp(store, [checkInProjection]);
        await refreshShiftCounts(store);
        await expectEqual(store);
      }),
      { seed, numRuns: runs },
    );
    await rebuild(store, checkInProjection);
    await refreshShiftCounts(store);
    await expectEqual(store);
  }, 240_000);

  test('a day begins at eight, so a night counts for the day it began; other regions and days do not', async () => {
    const [village = ''] = villages;
    await new TestSource().append(store, [
      checkedIn(village, '2026-03-01T01:00:00.000Z'), // 09:00 of the first.
      checkedIn(village, '2026-03-01T23:00:00.000Z'), // 07:00 of the second: the night of the first.
      checkedIn(village, '2026-03-02T01:00:00.000Z'),
      checkedIn('540221100001', '2026-03-01T01:00:00.000Z'),
    ]);
    await catchUp(store, [checkInProjection]);
    await refreshShiftCounts(store);
    const first = { scope: '540202', fromDay: '2026-03-01', toDay: '2026-03-02' };
    expect(await countByVillage(store.pool, first)).toEqual([
      { region: village, method: 'pin', certain: true, checkIns: 2 },
    ]);
  });
});
