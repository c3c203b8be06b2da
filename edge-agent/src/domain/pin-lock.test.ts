import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterWrong, lockedForMs, noTries, type PinTries } from '#domain/pin-lock.ts';

const start = Temporal.Instant.from('2026-11-23T12:00:00Z');

function wrongTimes(times: number): PinTries {
  return Array.from({ length: times }).reduce<PinTries>(
    (tries) => afterWrong(tries, start),
    noTries,
  );
}

describe('PIN lock', () => {
  test.each([
    [4, 0],
    [5, 60_000],
    [6, 0],
    [9, 0],
    [10, 900_000],
    [11, 900_000],
  ])('after %i wrong tries the next one waits %i ms', (times, waitMs) => {
    expect(lockedForMs(wrongTimes(times), start)).toBe(waitMs);
  });

  test('a lock ends by itself', () => {
    expect(lockedForMs(wrongTimes(10), start.add({ minutes: 15 }))).toBe(0);
  });

  test('a clock set back two hours does not lock anybody out for two hours', () => {
    expect(lockedForMs(wrongTimes(10), start.subtract({ hours: 2 }))).toBe(0);
  });

  test('a patient guesser gets at most 106 tries a day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 400, maxLength: 400 }),
        (waits) => {
          let now = start;
          let tries = noTries;
          let taken = 0;
          for (const seconds of waits) {
            const locked = lockedForMs(tries, now);
            now = now.add({ milliseconds: locked + seconds * 1000 });
            if (Temporal.Duration.compare(start.until(now), { hours: 24 }) > 0) break;
            tries = afterWrong(tries, now);
            taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(106);
        },
      ),
      { seed: 6, numRuns: 50 },
    );
  });
});
