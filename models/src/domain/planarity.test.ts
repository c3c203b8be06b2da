import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '#domain/face.ts';
import { planarResidual } from '#domain/planarity.ts';

/** A made-up face of 68 points: on a flat disc, its nose (27–35) standing out by `nose` eye distances. */
const face = Array.from({ length: 68 }, (_, i) => {
  const ring = i < 17 ? 1.6 : i < 27 ? 1 : 0.35;
  const centre =
    i < 36
      ? { x: 0, y: 0 }
      : i < 42
        ? { x: -0.5, y: -0.4 }
        : i < 48
          ? { x: 0.5, y: -0.4 }
          : { x: 0, y: 0.7 };
  return { x: centre.x + ring * Math.cos(i * 2.4), y: centre.y + ring * Math.sin(i * 2.4) };
});
const isNose = (i: number): boolean => i >= 27 && i <= 35;

/** Turned about the vertical axis and seen from four eye distances away, in pixels. */
const turned = (deg: number, nose: number): Point[] =>
  face.map(({ x, y }, i) => {
    const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
    const z = isNose(i) ? nose : 0;
    const depth = 1 - (c * z - s * x) / 8;
    return { x: 200 + (60 * (c * x + s * z)) / depth, y: 150 + (60 * y) / depth };
  });

describe('the residual of a planar map', () => {
  test('is nothing for a flat picture under any affine map', () => {
    const number = fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 6, maxLength: 6 }),
        ([a = 1, b = 0, c = 0, d = 0, e = 1, f = 0]) => {
          fc.pre(Math.abs(a * e - b * d) > 0.05);
          const flat = turned(0, 0);
          const moved = flat.map(({ x, y }) => ({ x: a * x + b * y + c, y: d * x + e * y + f }));
          expect(planarResidual(flat, moved)).toBeLessThan(1e-6);
        },
      ),
      { seed: 21 },
    );
  });

  test('of a photograph turned near the camera: the homography explains it wholly, the affine map nearly', () => {
    expect(planarResidual(turned(0, 0), turned(30, 0), 'homography')).toBeLessThan(1e-3);
    expect(planarResidual(turned(0, 0), turned(30, 0), 'affine')).toBeLessThan(0.04);
  });

  test('grows with the turn of a head whose nose stands out', () => {
    const residuals = [10, 20, 30].map((deg) => planarResidual(turned(0, 0.6), turned(deg, 0.6)));
    expect(residuals).toEqual(residuals.toSorted((a, b) => a - b));
    expect(residuals[1]).toBeGreaterThan(0.05);
    expect(planarResidual(turned(0, 0.6), turned(30, 0.6), 'homography')).toBeGreaterThan(0.05);
  });

  test('refuses what is no set of 68 points, and points that all coincide', () => {
    expect(() => planarResidual(turned(0, 0), [])).toThrow(/68 and 0/);
    const one = face.map(() => ({ x: 1, y: 1 }));
    expect(() => planarResidual(one, turned(0, 0))).toThrow(/one place/);
  });
});
