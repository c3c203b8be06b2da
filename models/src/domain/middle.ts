import type { Point } from '#domain/face.ts';

/** The middle of some of the points. @throws RangeError when one is not there: the list is no set of 68 landmarks. */
export function middle(points: readonly Point[], indices: readonly number[]): Point {
  let [x, y] = [0, 0];
  for (const index of indices) {
    const point = points[index];
    if (point === undefined)
      throw new RangeError(`landmark ${index} of ${points.length} is not there`);
    x += point.x;
    y += point.y;
  }
  return { x: x / indices.length, y: y / indices.length };
}
