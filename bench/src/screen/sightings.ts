/** Log position up to which something was seen, and when, Unix ms. */
export type Sighting = readonly [position: number, atMs: number];

/** A fact with its place in the log. */
export interface PlacedFact {
  readonly position: number;
  readonly madeAtMs: number;
}

/**
 * How long after it was made each fact was first covered by a sighting, in ms; facts that none covers
 * are counted as missed.
 */
export function latencies(
  facts: readonly PlacedFact[],
  seen: readonly Sighting[],
): { readonly ms: readonly number[]; readonly missed: number } {
  const inOrder = facts.toSorted((a, b) => a.position - b.position);
  const ms: number[] = [];
  for (const [position, atMs] of seen) {
    for (let fact = inOrder[ms.length]; fact !== undefined; fact = inOrder[ms.length]) {
      if (fact.position > position) break;
      ms.push(atMs - fact.madeAtMs);
    }
  }
  return { ms, missed: inOrder.length - ms.length };
}
