import type { Box } from '#domain/face.ts';

/** A box with the detector's confidence. */
export interface ScoredBox extends Box {
  readonly score: number;
}

/** The part of a box inside a picture; width or height 0 when nothing is. */
export function clip(box: Box, frame: { width: number; height: number }): Box {
  const x = Math.min(Math.max(box.x, 0), frame.width);
  const y = Math.min(Math.max(box.y, 0), frame.height);
  const right = Math.min(Math.max(box.x + box.width, x), frame.width);
  const bottom = Math.min(Math.max(box.y + box.height, y), frame.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Area that both cover, as a share of the smaller: 1 when one lies inside the other. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a.width * a.height, b.width * b.height);
}

/**
 * Keeps the most confident box of each heap (non-maximum suppression). Measured against the smaller box, so that a
 * face "inside" a face, which this detector reports, does not count as a second person.
 */
export function suppressOverlaps(boxes: readonly ScoredBox[], most: number): ScoredBox[] {
  const sorted = boxes.toSorted((a, b) => b.score - a.score);
  const kept: ScoredBox[] = [];
  for (const box of sorted) {
    if (kept.length >= most) break;
    if (kept.every((other) => overlap(box, other) < 0.4)) kept.push(box);
  }
  return kept;
}

/** Distance of the box's middle from the frame's middle, 0 to 1 in a corner. */
export function offCentre(box: Box, frame: { width: number; height: number }): number {
  const x = (box.x + box.width / 2 - frame.width / 2) / (frame.width / 2);
  const y = (box.y + box.height / 2 - frame.height / 2) / (frame.height / 2);
  return Math.min(1, Math.hypot(x, y) / Math.SQRT2);
}

/** Largest and most central first: a face at the edge must be twice as large to come before one in the middle. */
export function byProminence<T extends Box>(
  boxes: readonly T[],
  frame: { width: number; height: number },
): T[] {
  const weight = (box: Box): number => box.width * box.height * (1 - 0.5 * offCentre(box, frame));
  return boxes.toSorted((a, b) => weight(b) - weight(a));
}

/**
 * A square around a box, `factor` times as high, that lies inside the frame: it shrinks and moves rather than leave it.
 * The liveness network was trained so; the same living face scores 0 where the crop is padded.
 */
export function squareInside(
  box: Box,
  factor: number,
  frame: { width: number; height: number },
): Box {
  const side = Math.min(box.height * factor, frame.width, frame.height);
  const x = Math.min(Math.max(box.x + box.width / 2 - side / 2, 0), frame.width - side);
  const y = Math.min(Math.max(box.y + box.height / 2 - side / 2, 0), frame.height - side);
  return { x, y, width: side, height: side };
}

/** A box with a border of `share` of its own size on every side. */
export function widen(box: Box, share: number): Box {
  const [dx, dy] = [box.width * share, box.height * share];
  return { x: box.x - dx, y: box.y - dy, width: box.width + 2 * dx, height: box.height + 2 * dy };
}
