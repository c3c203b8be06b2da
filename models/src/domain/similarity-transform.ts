import type { Point } from '#domain/face.ts';

/** Rotation, one scale and a shift: `x' = a·x − b·y + tx`, `y' = b·x + a·y + ty`. */
export interface SimilarityTransform {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/**
 * The similarity transform that brings `from` onto `to` with the least squared distance (never a mirror image).
 * @throws RangeError when the lists differ in length or all points of `from` coincide.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): SimilarityTransform {
  if (from.length !== to.length || from.length < 2) {
    throw new RangeError(`cannot fit ${from.length} points onto ${to.length}`);
  }
  const [centreFrom, centreTo] = [centre(from), centre(to)];
  let dot = 0;
  let cross = 0;
  let spread = 0;
  for (const [i, point] of from.entries()) {
    const target = to[i] ?? centreTo;
    const [x, y] = [point.x - centreFrom.x, point.y - centreFrom.y];
    const [u, v] = [target.x - centreTo.x, target.y - centreTo.y];
    dot += x * u + y * v;
    cross += x * v - y * u;
    spread += x * x + y * y;
  }
  if (spread === 0) throw new RangeError('cannot fit points that all coincide');
  const [a, b] = [dot / spread, cross / spread];
  return {
    a,
    b,
    tx: centreTo.x - a * centreFrom.x + b * centreFrom.y,
    ty: centreTo.y - b * centreFrom.x - a * centreFrom.y,
  };
}

export function applySimilarity({ a, b, tx, ty }: SimilarityTransform, { x, y }: Point): Point {
  return { x: a * x - b * y + tx, y: b * x + a * y + ty };
}

/** The way back. @throws RangeError for a transform that shrinks everything to a point. */
export function invertSimilarity({ a, b, tx, ty }: SimilarityTransform): SimilarityTransform {
  const squared = a * a + b * b;
  if (squared === 0) throw new RangeError('a transform of scale 0 has no way back');
  const [c, d] = [a / squared, -b / squared];
  return { a: c, b: d, tx: -(c * tx - d * ty), ty: -(d * tx + c * ty) };
}

function centre(points: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}
