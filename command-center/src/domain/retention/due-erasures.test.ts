import { keptKinds, type RetentionDays } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysSince, dueErasures, keptUntil, type Keepable } from './due-erasures.ts';

const seed = 20_261_127;
const epochMs = Temporal.Instant.from('2026-11-27T00:00:00Z').epochMilliseconds;
const instant = fc
  .integer({ min: -4_000 * 86_400, max: 4_000 * 86_400 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(epochMs + seconds * 1_000));
const keepable: fc.Arbitrary<Keepable> = fc.record({
  kind: fc.constantFrom(...keptKinds),
  endedAt: fc.option(instant.map(String), { nil: null, freq: 4 }),
  isHeld: fc.boolean(),
});
const time = fc.integer({ min: 1, max: 3_000 });
const days: fc.Arbitrary<RetentionDays> = fc.record({
  recordings: time,
  decks: time,
  lines: time,
  title: time,
  notes: time,
});
const things = fc.array(keepable, { maxLength: 40 });

test('what is due is over, not held and past its time, to the second; and all that is, is due', () => {
  fc.assert(
    fc.property(things, days, instant, (kept, rule, now) => {
      const due = new Set(dueErasures(kept, rule, now));
      for (const thing of kept) {
        const { endedAt, isHeld, kind } = thing;
        const ageMs =
          endedAt === null
            ? null
            : now.epochMilliseconds - Temporal.Instant.from(endedAt).epochMilliseconds;
        const isPast = ageMs !== null && ageMs >= rule[kind] * 86_400_000;
        expect(due.has(thing)).toBe(isPast && !isHeld);
        if (due.has(thing) && endedAt !== null) {
          expect(daysSince(endedAt, now)).toBeGreaterThanOrEqual(rule[kind]);
        }
      }
    }),
    { seed, numRuns: 2_000 },
  );
});

test('time only adds to what is due, a hold only takes away, a longer time never adds', () => {
  fc.assert(
    fc.property(things, days, instant, fc.nat(5_000), (kept, rule, now, more) => {
      const due = dueErasures(kept, rule, now);
      const later = dueErasures(kept, rule, now.add({ hours: more }));
      expect(due.every((thing) => later.includes(thing))).toBe(true);
      const held = kept.map((thing) => ({ ...thing, isHeld: true }));
      expect(dueErasures(held, rule, now)).toEqual([]);
      const longer = { ...rule, recordings: rule.recordings + more };
      const fewer = dueErasures(kept, longer, now);
      expect(fewer.every((thing) => due.includes(thing))).toBe(true);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('is kept until the very second, and not a moment less', () => {
  const rule = { recordings: 180, decks: 1, lines: 1, title: 1, notes: 1 };
  const thing = { kind: 'recordings', endedAt: '2026-01-01T00:00:00Z', isHeld: false } as const;
  const until = keptUntil(thing, rule);
  expect(until?.toString()).toBe('2026-06-30T00:00:00Z');
  if (until === null) throw new Error('it has an end');
  expect(dueErasures([thing], rule, until.subtract({ milliseconds: 1 }))).toEqual([]);
  expect(dueErasures([thing], rule, until)).toEqual([thing]);
});
