import { expect, test } from 'vitest';
import { hourMarks } from './hour-marks.ts';

const dayMs = 24 * 3_600_000;

test('at every minute of a day six marks lie on the strip, and a time near the end stands before its mark', () => {
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    const endMs = 1_795_000_000_000 + minute * 60_000;
    const marks = hourMarks(endMs - dayMs, endMs);
    expect(marks).toHaveLength(6);
    for (const { percent, isNearEnd } of marks) {
      expect(percent).toBeGreaterThanOrEqual(0);
      // A time is 6.25 % wide at most.
      const [from, to] = isNearEnd ? [percent - 6.25, percent] : [percent, percent + 6.25];
      expect([from >= 0, to <= 100]).toEqual([true, true]);
    }
  }
});
