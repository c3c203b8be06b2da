import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceOf, rejoinGapMs, type MediaSpell } from './attendance.ts';

const runs = { numRuns: 10_000 };
const whole = { fromMs: 0, untilMs: 100_000 };
const spells = fc.array(
  fc
    .record({
      seatId: fc.constantFrom('venue-540235100201', 'venue-540235100202'),
      fromMs: fc.integer({ min: -20_000, max: 110_000 }),
      lengthMs: fc.integer({ min: 0, max: 40_000 }),
    })
    .map(({ seatId, fromMs, lengthMs }): MediaSpell => ({
      seatId,
      fromMs,
      untilMs: fromMs + lengthMs,
    })),
  { maxLength: 12 },
);
const bySeat = (list: readonly MediaSpell[]) =>
  attendanceOf(list, whole).toSorted((a, b) => a.seatId.localeCompare(b.seatId));

/** Second by second, as somebody with a stop watch would count. */
function counted(list: readonly MediaSpell[], seatId: string): number {
  const own = list.filter((spell) => spell.seatId === seatId);
  const edges = [...new Set([0, 100_000, ...own.flatMap((one) => [one.fromMs, one.untilMs])])]
    .filter((ms) => ms >= 0 && ms <= 100_000)
    .toSorted((a, b) => a - b);
  return edges.slice(1).reduce((sum, until, at) => {
    const from = edges[at] ?? 0;
    return own.some((one) => one.fromMs <= from && one.untilMs >= until) ? sum + until - from : sum;
  }, 0);
}

test('time present is what a stop watch counts, and never more than the meeting', () => {
  fc.assert(
    fc.property(spells, (list) => {
      for (const { seatId, presentMs, firstMs, lastMs, rejoins } of bySeat(list)) {
        expect(presentMs).toBe(counted(list, seatId));
        expect(presentMs).toBeLessThanOrEqual(lastMs - firstMs);
        expect(lastMs - firstMs).toBeLessThanOrEqual(100_000);
        expect(rejoins * rejoinGapMs).toBeLessThanOrEqual(lastMs - firstMs - presentMs);
      }
    }),
    runs,
  );
});

test('neither the order of the spells nor their repetition changes anything', () => {
  fc.assert(
    fc.property(spells, fc.infiniteStream(fc.nat()), (list, keys) => {
      const shuffled = [...list, ...list.slice(0, 4)]
        .map((spell) => ({ spell, key: keys.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ spell }) => spell);
      expect(bySeat(shuffled)).toEqual(bySeat(list));
    }),
    runs,
  );
});

test('a link that flaps has not left; one that was away for longer came back', () => {
  const seatId = 'venue-540235100201';
  const stay = (fromMs: number, untilMs: number) => ({ seatId, fromMs, untilMs });
  expect(attendanceOf([stay(0, 1_000), stay(9_000, 10_000), stay(30_000, 31_000)], whole)).toEqual([
    { seatId, presentMs: 3_000, rejoins: 1, firstMs: 0, lastMs: 31_000 },
  ]);
  expect(attendanceOf([stay(200_000, 300_000)], whole)).toEqual([]);
});
