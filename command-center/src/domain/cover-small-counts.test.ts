import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverSmallCounts } from './cover-small-counts.ts';

const parts = (...counts: number[]) => counts.map((count, index) => ({ key: `k${index}`, count }));
const shown = (...counts: number[]) => coverSmallCounts(parts(...counts)).map(({ count }) => count);

test('one or two people of a kind are not told, nobody and three are', () => {
  expect(shown(0, 3, 10)).toEqual([0, 3, 10]);
  expect(shown(1, 2, 10)).toEqual([null, null, 10]);
});

test('a single covered count takes the next smallest with it', () => {
  expect(shown(2, 9, 4, 0)).toEqual([null, 9, null, 0]);
  expect(shown(2)).toEqual([null]);
});

test('no covered count can be had by subtracting the others from the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 8 }), (counts) => {
      const told = shown(...counts);
      const covered = told.filter((count) => count === null).length;
      const people = counts.filter((count) => count > 0).length;
      expect(told.every((count) => count === null || count === 0 || count >= 3)).toBe(true);
      expect(covered === 1 && people > 1).toBe(false);
    }),
    { seed: 20261126, numRuns: 2_000 },
  );
});
