import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySimilarity, fitSimilarity, invertSimilarity } from '#domain/similarity-transform.ts';

const number = fc.double({ min: -500, max: 500, noNaN: true });
const point = fc.record({ x: number, y: number });
const transform = fc
  .record({
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    scale: fc.double({ min: 0.2, max: 5, noNaN: true }),
  })
  .chain(({ angle, scale }) =>
    fc.record({
      a: fc.constant(scale * Math.cos(angle)),
      b: fc.constant(scale * Math.sin(angle)),
      tx: number,
      ty: number,
    }),
  );
const spreadPoints = fc
  .array(point, { minLength: 3, maxLength: 6 })
  .map((points) => [...points, { x: 0, y: 0 }, { x: 100, y: 40 }]);

test('the fit finds the transform that the points went through, and its inverse leads back', () => {
  fc.assert(
    fc.property(transform, spreadPoints, (truth, points) => {
      const moved = points.map((each) => applySimilarity(truth, each));
      const fitted = fitSimilarity(points, moved);
      for (const [i, each] of points.entries()) {
        const there = applySimilarity(fitted, each);
        expect(there.x).toBeCloseTo(moved[i]?.x ?? Number.NaN, 5);
        expect(there.y).toBeCloseTo(moved[i]?.y ?? Number.NaN, 5);
        const back = applySimilarity(invertSimilarity(fitted), there);
        expect(back.x).toBeCloseTo(each.x, 5);
        expect(back.y).toBeCloseTo(each.y, 5);
      }
    }),
    { seed: 3 },
  );
});

test('a mirror image is not fitted by mirroring: a face seen in a mirror keeps its sides', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 4, y: 8 },
  ];
  const mirrored = points.map(({ x, y }) => ({ x: -x, y }));
  const { a, b } = fitSimilarity(points, mirrored);
  const determinant = a * a + b * b;
  expect(determinant).toBeGreaterThan(0);
  expect(
    applySimilarity(fitSimilarity(points, mirrored), points[1] ?? { x: 0, y: 0 }).x,
  ).not.toBeCloseTo(-10, 1);
});

test('points that all coincide, or lists of two lengths, are a fault', () => {
  const same = [1, 2, 3].map(() => ({ x: 5, y: 5 }));
  expect(() => fitSimilarity(same, same)).toThrow(/coincide/);
  expect(() => fitSimilarity(same, same.slice(1))).toThrow(/3 points onto 2/);
});
