import { steps, type ScoredPair } from '#domain/error-rates.ts';

const FOLDS = 10;

/** Share of pairs decided rightly, over ten folds. */
export interface FoldedAccuracy {
  readonly mean: number;
  /** Of the ten accuracies, with n − 1. */
  readonly standardDeviation: number;
}

/**
 * Accuracy as the LFW protocol has it: the pairs in their order cut into ten folds, the threshold chosen on nine, the
 * accuracy taken on the tenth. Null for fewer than ten pairs.
 */
export function accuracyOverTenFolds(pairs: readonly ScoredPair[]): FoldedAccuracy | null {
  if (pairs.length < FOLDS) return null;
  const accuracies = Array.from({ length: FOLDS }, (_, fold) => {
    const from = Math.floor((fold * pairs.length) / FOLDS);
    const to = Math.floor(((fold + 1) * pairs.length) / FOLDS);
    const threshold = bestThreshold([...pairs.slice(0, from), ...pairs.slice(to)]);
    return accuracyAt(pairs.slice(from, to), threshold);
  });
  const mean = accuracies.reduce((sum, each) => sum + each, 0) / FOLDS;
  const squares = accuracies.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (FOLDS - 1)) };
}

export function accuracyAt(pairs: readonly ScoredPair[], threshold: number): number {
  const right = pairs.filter(({ similarity, isGenuine }) => similarity >= threshold === isGenuine);
  return right.length / pairs.length;
}

/**
 * The threshold that decides most pairs rightly: half way between the last similarity that it accepts and the first that
 * it does not. The highest of several that are equally good.
 */
export function bestThreshold(pairs: readonly ScoredPair[]): number {
  const down = steps(pairs);
  let right = pairs.filter(({ isGenuine }) => !isGenuine).length;
  let best = { right, threshold: (down[0]?.similarity ?? 0) + 1 };
  for (const [i, step] of down.entries()) {
    right += step.genuine - step.impostor;
    if (right <= best.right) continue;
    const next = down[i + 1]?.similarity ?? step.similarity;
    best = { right, threshold: step.similarity - (step.similarity - next) / 2 };
  }
  return best.threshold;
}
