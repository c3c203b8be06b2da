import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptMs } from './notice.ts';

const said = fc.record({
  atMs: fc.integer({ min: 0, max: 10_000 }),
  isCertain: fc.boolean(),
  receivedMs: fc.integer({ min: 0, max: 10_000 }),
  postedMs: fc.integer({ min: 0, max: 10_000 }),
});

test('a receipt is never dated before its notice, nor after it was heard, and a clock nobody set says nothing', () => {
  fc.assert(
    fc.property(said, fc.integer({ min: 0, max: 10_000 }), (one, other) => {
      const at = receiptMs(one);
      expect(at).toBeGreaterThanOrEqual(one.postedMs);
      expect(at).toBeLessThanOrEqual(Math.max(one.postedMs, one.receivedMs));
      if (one.isCertain && one.atMs >= one.postedMs && one.atMs <= one.receivedMs) {
        expect(at).toBe(one.atMs);
      }
      if (!one.isCertain) expect(receiptMs({ ...one, atMs: other })).toBe(at);
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});
