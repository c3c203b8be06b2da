import type { CompositionPart } from '@sightline/contracts';

/** Fewer than so many people of a kind could be recognised by it. */
const recognisableBelow = 3;

/**
 * The parts of a composition with the small ones covered. Where exactly one is covered, the next
 * smallest is too: it could be had by subtracting the others from the whole.
 */
export function coverSmallCounts(
  parts: readonly { readonly key: string; readonly count: number }[],
): CompositionPart[] {
  const small = parts.filter(({ count }) => count > 0 && count < recognisableBelow);
  const covered = new Set(small.map(({ key }) => key));
  if (small.length === 1) {
    const others = parts.filter(({ key, count }) => count > 0 && !covered.has(key));
    const [next] = others.toSorted((a, b) => a.count - b.count);
    if (next !== undefined) covered.add(next.key);
  }
  return parts.map(({ key, count }) => ({ key, count: covered.has(key) ? null : count }));
}
