import { faceLimits } from '#domain/face-limits.ts';
import type { Compare } from '#domain/read-face.ts';

/** One enrolled person of the gallery (底库). */
export interface GalleryEntry {
  readonly personId: string;
  readonly template: Float32Array;
}

export interface Match {
  readonly personId: string;
  readonly similarity: number;
  /** To the next best person; with nobody else, to −1. */
  readonly margin: number;
}

export interface MatchRule {
  /** Similarity from which two templates count as one person (阈值). */
  readonly threshold: number;
  readonly compare: Compare;
}

/** 1:N over the village's own people (≤ 20): the one person it is, or null for nobody or no clear one. */
export function identify(
  template: Float32Array,
  gallery: readonly GalleryEntry[],
  rule: MatchRule,
): Match | null {
  const ranked = gallery
    .map(({ personId, template: known }) => ({
      personId,
      similarity: rule.compare(template, known),
    }))
    .toSorted((a, b) => b.similarity - a.similarity);
  const [best, next] = ranked;
  if (best === undefined || !(best.similarity >= rule.threshold)) return null;
  const margin = best.similarity - (next?.similarity ?? -1);
  return margin < faceLimits.margin ? null : { ...best, margin };
}
