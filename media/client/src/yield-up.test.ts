import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank, tiers } from '@sightline/contracts';
import { YieldUp } from '#yield-up.ts';

test('each late answer is a step less, never past the voice', () => {
  const own = new YieldUp();
  const seen = [1, 2, 3, 4, 5].map(() => {
    own.late('video-300');
    return own.under('video-300');
  });
  expect(seen).toEqual(['video-128', 'video-64', 'stills', 'audio', 'audio']);
});

test('after three answers in their time the server alone is obeyed', () => {
  const own = new YieldUp();
  own.late('video-300');
  own.inTime();
  own.inTime();
  own.late('video-300');
  for (const _ of [1, 2]) own.inTime();
  expect(own.under('video-300')).toBe('video-64');
  own.inTime();
  expect(own.under('video-300')).toBe('video-300');
});

test('never is more sent than the server lets', () => {
  const word = fc.record({ isLate: fc.boolean(), up: fc.constantFrom(...tiers) });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const own = new YieldUp();
      for (const { isLate, up } of words) {
        const before = own.under(up);
        if (isLate) own.late(up);
        else own.inTime();
        expect(rank(own.under(up))).toBeGreaterThanOrEqual(rank(up));
        if (isLate && rank(before) < rank('audio')) {
          expect(rank(own.under(up))).toBe(rank(before) + 1);
        }
      }
    }),
  );
});
