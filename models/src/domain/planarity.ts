import type { Point } from '#domain/face.ts';
import { leastSquares } from '#domain/least-squares.ts';
import { middle } from '#domain/middle.ts';

/**
 * An affine residual below this is a flat picture's: 1,728 sights of held photographs left at most 0.024, 743 of living
 * heads turned by 14° and more at least 0.029 (docs/models.md).
 */
export const FLAT_BELOW = 0.027;

const LANDMARKS = 68;
/** Brows, nose, eyes, mouth: points of the skin. The jaw's points slide along the edge of a face that turns. */
const FIRST_INNER = 17;
const LEFT_EYE = [36, 37, 38, 39, 40, 41];
const RIGHT_EYE = [42, 43, 44, 45, 46, 47];

/** `affine`: a photograph far away. `homography`: one near the camera, whose far edge looks shorter. */
export type PlanarMap = 'affine' | 'homography';

/**
 * How badly one flat picture explains two sights of a face: root mean square distance of the inner landmarks of
 * `turned` from the best planar map of those of `frontal`, in eye distances of `frontal`. A photograph leaves
 * what the landmarks' own noise leaves, however it is held; a head that turns leaves its nose as well.
 * @throws RangeError when a list is no set of 68 landmarks, or its points do not determine a map.
 */
export function planarResidual(
  frontal: readonly Point[],
  turned: readonly Point[],
  map: PlanarMap = 'affine',
): number {
  if (frontal.length !== LANDMARKS || turned.length !== LANDMARKS) {
    throw new RangeError(`${frontal.length} and ${turned.length} points are no two sets of 68`);
  }
  const eyes = eyeDistance(frontal);
  const [from, to] = [frontal, turned].map((points) => inEyes(points.slice(FIRST_INNER), eyes));
  const mapped = (map === 'affine' ? mapAffine : mapHomography)(from ?? [], to ?? []);
  const squares = mapped.map(
    ({ x, y }, i) => (x - (to?.[i]?.x ?? 0)) ** 2 + (y - (to?.[i]?.y ?? 0)) ** 2,
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

function eyeDistance(points: readonly Point[]): number {
  const [left, right] = [middle(points, LEFT_EYE), middle(points, RIGHT_EYE)];
  const distance = Math.hypot(left.x - right.x, left.y - right.y);
  if (distance === 0) throw new RangeError('both eyes stand in one place');
  return distance;
}

/** Around their own middle, one eye distance long: keeps the equations well conditioned. */
function inEyes(points: readonly Point[], eyes: number): Point[] {
  const centre = middle(points, [...points.keys()]);
  return points.map(({ x, y }) => ({ x: (x - centre.x) / eyes, y: (y - centre.y) / eyes }));
}

function mapAffine(from: readonly Point[], to: readonly Point[]): Point[] {
  const rows = from.map(({ x, y }) => [x, y, 1]);
  const across = leastSquares(
    rows,
    to.map(({ x }) => x),
  );
  const down = leastSquares(
    rows,
    to.map(({ y }) => y),
  );
  const along = ([a = 0, b = 0, c = 0]: readonly number[], { x, y }: Point) => a * x + b * y + c;
  return from.map((point) => ({ x: along(across, point), y: along(down, point) }));
}

/** Direct linear transform with the last coefficient 1. */
function mapHomography(from: readonly Point[], to: readonly Point[]): Point[] {
  const rows = from.flatMap(({ x, y }, i) => {
    const { x: u, y: v } = to[i] ?? { x: 0, y: 0 };
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y],
      [0, 0, 0, x, y, 1, -v * x, -v * y],
    ];
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = leastSquares(
    rows,
    to.flatMap(({ x, y }) => [x, y]),
  );
  return from.map(({ x, y }) => {
    const depth = g * x + h * y + 1;
    return { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth };
  });
}
