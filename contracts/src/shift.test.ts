import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shiftAt, shiftFromKey } from './shift.ts';

const shiftKeyAt = (text: string) => shiftAt(Temporal.Instant.from(text)).key;

it('gives a night to the day it began', () => {
  expect(shiftKeyAt('2026-11-23T08:00:00+08:00')).toBe('2026-11-23/day');
  expect(shiftKeyAt('2026-11-23T19:59:59.999+08:00')).toBe('2026-11-23/day');
  expect(shiftKeyAt('2026-11-23T20:00:00+08:00')).toBe('2026-11-23/night');
  expect(shiftKeyAt('2026-11-24T07:59:59.999+08:00')).toBe('2026-11-23/night');
});

it('puts every instant into exactly one shift, and shifts follow without a gap', () => {
  const instants = fc.integer({ min: 0, max: 4_102_444_800_000 });
  fc.assert(
    fc.property(instants, (epochMs) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(epochMs);
      const shift = shiftAt(instant);
      expect(Temporal.Instant.compare(shift.from, instant)).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(instant, shift.to)).toBeLessThan(0);
      expect(shiftAt(shift.to).from.equals(shift.to)).toBe(true);
      expect(shiftAt(shift.from).key).toBe(shift.key);
      expect(shiftFromKey(shift.key).to.equals(shift.to)).toBe(true);
    }),
    { seed: 3, numRuns: 10_000 },
  );
});
