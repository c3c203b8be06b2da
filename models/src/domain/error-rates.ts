/** One comparison of two pictures whose people are known. */
export interface ScoredPair {
  readonly similarity: number;
  /** Both show one person (genuine, 同人); else an impostor (异人) pair. */
  readonly isGenuine: boolean;
}

/** A place on the curve of errors. */
export interface OperatingPoint {
  /** Two templates count as one person from this similarity on. */
  readonly threshold: number;
  /** Share of genuine pairs that are accepted: 1 − FNMR. */
  readonly tar: number;
}

/** Above the highest similarity by so much: the threshold that accepts nobody. */
const ABOVE = 1e-6;

/**
 * True accepts at a false match rate: the lowest threshold at which at most `fmr` of the impostor pairs match
 * (ISO/IEC 19795-1), and the share of genuine pairs that match there.
 * Null when there are fewer than `1 / fmr` impostor pairs (a single one would be more than the rate), or no genuine one.
 */
export function tarAtFmr(pairs: readonly ScoredPair[], fmr: number): OperatingPoint | null {
  const impostors = similarities(pairs, false);
  const genuine = similarities(pairs, true);
  // Rounding up to a whole pair must not come from binary fractions: 1,000 × 0.001 is one pair.
  const allowed = Math.floor(impostors.length * fmr + 1e-9);
  if (allowed < 1 || genuine.length === 0) return null;
  const [firstRefused] = impostors.slice(allowed);
  const threshold = firstRefused === undefined ? lowest(pairs) : justAbove(firstRefused, pairs);
  return { threshold, tar: shareFrom(genuine, threshold) };
}

/**
 * Where false matches and false non-matches are as frequent as each other (equal error rate): the mean of both at the
 * threshold at which they differ least. Null without genuine or without impostor pairs.
 */
export function equalErrorRate(pairs: readonly ScoredPair[]): number | null {
  const genuine = pairs.filter(({ isGenuine }) => isGenuine).length;
  const impostor = pairs.length - genuine;
  if (genuine === 0 || impostor === 0) return null;
  let [accepted, matched] = [0, 0];
  let best = { gap: 1, rate: 0.5 };
  for (const step of steps(pairs)) {
    accepted += step.genuine;
    matched += step.impostor;
    const [fmr, fnmr] = [matched / impostor, 1 - accepted / genuine];
    const gap = Math.abs(fmr - fnmr);
    if (gap < best.gap) best = { gap, rate: (fmr + fnmr) / 2 };
  }
  return best.rate;
}

/** How many pairs of each kind have a similarity, from the highest similarity down. */
export function steps(
  pairs: readonly ScoredPair[],
): { similarity: number; genuine: number; impostor: number }[] {
  const found: { similarity: number; genuine: number; impostor: number }[] = [];
  for (const { similarity, isGenuine } of pairs.toSorted((a, b) => b.similarity - a.similarity)) {
    const last = found.at(-1);
    const step = last?.similarity === similarity ? last : { similarity, genuine: 0, impostor: 0 };
    if (step !== last) found.push(step);
    if (isGenuine) step.genuine++;
    else step.impostor++;
  }
  return found;
}

/** From the highest down. */
function similarities(pairs: readonly ScoredPair[], isGenuine: boolean): number[] {
  return pairs
    .filter((pair) => pair.isGenuine === isGenuine)
    .map(({ similarity }) => similarity)
    .toSorted((a, b) => b - a);
}

function justAbove(similarity: number, pairs: readonly ScoredPair[]): number {
  const next = pairs.reduce(
    (least, pair) =>
      pair.similarity > similarity && pair.similarity < least ? pair.similarity : least,
    Infinity,
  );
  return next === Infinity ? similarity + ABOVE : next;
}

function lowest(pairs: readonly ScoredPair[]): number {
  return pairs.reduce((least, { similarity }) => Math.min(least, similarity), Infinity);
}

function shareFrom(values: readonly number[], threshold: number): number {
  return values.filter((value) => value >= threshold).length / values.length;
}
