import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRegion, isWithin, parentRegion, regionPath, regionRange } from './region-path.ts';

const digits = (length: number) =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const region = fc.constantFrom(4, 6, 9, 12).chain(digits);

it('names the path from prefecture to village', () => {
  expect(regionPath('540235100001')).toEqual(['5402', '540235', '540235100', '540235100001']);
  expect(parentRegion('5402')).toBeNull();
});

it('refuses text that is no region', () => {
  for (const text of ['', '54', '54023', '5402351000011', '54o2', '5402 ']) {
    expect(isRegion(text)).toBe(false);
  }
});

it('gives an SQL range that holds exactly what lies within the scope', () => {
  fc.assert(
    fc.property(region, region, (code, scope) => {
      const { from, to } = regionRange(scope);
      expect(code >= from && code < to).toBe(isWithin(code, scope));
    }),
    { seed: 1, numRuns: 5000 },
  );
  fc.assert(
    fc.property(region, (code) => {
      for (const scope of regionPath(code)) {
        const { from, to } = regionRange(scope);
        expect(code >= from && code < to).toBe(true);
      }
    }),
    { seed: 2, numRuns: 1000 },
  );
});
