import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalErrorRate, tarAtFmr, type ScoredPair } from '#domain/error-rates.ts';
import { accuracyAt, accuracyOverTenFolds, bestThreshold } from '#domain/ten-folds.ts';

// Few distinct similarities, so that ties between genuine and impostor pairs are common.
const pair: fc.Arbitrary<ScoredPair> = fc.record({
  similarity: fc.integer({ min: -10, max: 20 }).map((tenths) => tenths / 20),
  isGenuine: fc.boolean(),
});
const pairs = fc.array(pair, { minLength: 1, maxLength: 60 });

/** Every threshold that can make a difference. */
const thresholds = (some: readonly ScoredPair[]): number[] => [
  ...new Set(some.map(({ similarity }) => similarity)),
  Math.max(...some.map(({ similarity }) => similarity)) + 1e-6,
];
const share = (some: readonly ScoredPair[], isGenuine: boolean, threshold: number): number => {
  const those = some.filter((each) => each.isGenuine === isGenuine);
  return those.filter(({ similarity }) => similarity >= threshold).length / those.length;
};
const count = (some: readonly ScoredPair[], isGenuine: boolean): number =>
  some.filter((each) => each.isGenuine === isGenuine).length;
const made = (genuine: readonly number[], impostor: readonly number[]): ScoredPair[] => [
  ...genuine.map((similarity) => ({ similarity, isGenuine: true })),
  ...impostor.map((similarity) => ({ similarity, isGenuine: false })),
];

describe('true accepts at a false match rate', () => {
  test('is what trying every threshold finds: the lowest that keeps the rate, and its accepts', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(0.5, 0.2, 0.1, 0.05), (some, fmr) => {
        const found = tarAtFmr(some, fmr);
        if (count(some, false) * fmr < 1 || count(some, true) === 0) {
          expect(found).toBeNull();
          return;
        }
        const kept = thresholds(some).filter((at) => share(some, false, at) <= fmr + 1e-12);
        expect(found?.threshold).toBe(Math.min(...kept));
        expect(found?.tar).toBe(share(some, true, Math.min(...kept)));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test('a thousand impostor pairs may speak of 1e-3, and of nothing rarer', () => {
    const impostor = Array.from({ length: 1000 }, (_, i) => i / 2000);
    const some = made([0.4994, 0.4996, 0.9], impostor);
    // One of a thousand may match: the highest, at 0.4995.
    expect(tarAtFmr(some, 1e-3)).toEqual({ threshold: 0.4994, tar: 1 });
    expect(tarAtFmr(some, 1e-4)).toBeNull();
  });
});

describe('the equal error rate', () => {
  test('is what trying every threshold finds', () => {
    fc.assert(
      fc.property(pairs, (some) => {
        const found = equalErrorRate(some);
        if (count(some, true) === 0 || count(some, false) === 0) {
          expect(found).toBeNull();
          return;
        }
        const tried = thresholds(some).map(
          (at) => [share(some, false, at), 1 - share(some, true, at)] as const,
        );
        const gaps = tried.map(([fmr, fnmr]) => Math.abs(fmr - fnmr));
        const best = tried.filter((_, i) => (gaps[i] ?? 1) <= Math.min(...gaps) + 1e-12);
        const rates = best.map(([fmr, fnmr]) => (fmr + fnmr) / 2);
        expect(rates.some((rate) => Math.abs(rate - (found ?? 9)) < 1e-12)).toBe(true);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  test('is 0 when every genuine pair stands above every impostor, and 0.5 when both are alike', () => {
    expect(equalErrorRate(made([0.8, 0.9], [0.1, 0.2]))).toBe(0);
    expect(equalErrorRate(made([0.5, 0.5], [0.5, 0.5]))).toBe(0.5);
  });
});

describe('accuracy over ten folds', () => {
  test('chooses on nine folds a threshold that no other one beats', () => {
    fc.assert(
      fc.property(pairs, (some) => {
        const most = Math.max(...thresholds(some).map((at) => accuracyAt(some, at)));
        expect(accuracyAt(some, bestThreshold(some))).toBe(most);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  test('never looks at the fold that it judges', () => {
    // Nine folds say 0.5; the last one alone would say −0.5.
    const plain = Array.from({ length: 18 }, (_, i) => ({
      similarity: i % 2 === 0 ? 0.9 : 0.1,
      isGenuine: i % 2 === 0,
    }));
    const strange = made([0.2], [0]);
    const found = accuracyOverTenFolds([...plain, ...strange]);
    expect(found?.mean).toBeCloseTo(0.95, 12);
    expect(found?.standardDeviation).toBeCloseTo(Math.sqrt((0.45 ** 2 + 9 * 0.05 ** 2) / 9), 12);
  });

  test('is 1 without any spread for pairs that a threshold separates, in any order', () => {
    const both = made(Array<number>(20).fill(0.8), Array<number>(20).fill(0.1));
    fc.assert(
      fc.property(fc.shuffledSubarray(both, { minLength: 40 }), (some) => {
        expect(accuracyOverTenFolds(some)).toEqual({ mean: 1, standardDeviation: 0 });
      }),
      { seed: 14 },
    );
  });

  test('says nothing of fewer than ten pairs', () => {
    expect(accuracyOverTenFolds(made([0.9], [0.1]))).toBeNull();
  });
});
