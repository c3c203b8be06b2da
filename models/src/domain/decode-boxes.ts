import type { ScoredBox } from '#domain/boxes.ts';

/**
 * The detector's answer as boxes in pixels of the frame: those of at least the given confidence, the best `most` of them.
 * @param answer `scores` holds pairs (background, face), `boxes` fours (left, top, right, bottom) from 0 to 1.
 */
export function decodeBoxes(
  answer: { scores: ArrayLike<number>; boxes: ArrayLike<number> },
  {
    frame,
    threshold,
    most,
  }: { frame: { width: number; height: number }; threshold: number; most: number },
): ScoredBox[] {
  const found: ScoredBox[] = [];
  for (let i = 0; i * 2 + 1 < answer.scores.length; i++) {
    const score = answer.scores[i * 2 + 1] ?? 0;
    if (score < threshold) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map(
      (k) => answer.boxes[i * 4 + k],
    );
    if (right <= left || bottom <= top) continue;
    found.push({
      x: left * frame.width,
      y: top * frame.height,
      width: (right - left) * frame.width,
      height: (bottom - top) * frame.height,
      score,
    });
  }
  return found.toSorted((a, b) => b.score - a.score).slice(0, most);
}
