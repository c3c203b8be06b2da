import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byProminence, clip, overlap, squareInside, suppressOverlaps } from '#domain/boxes.ts';

const frame = fc.record({
  width: fc.integer({ min: 64, max: 1920 }),
  height: fc.integer({ min: 64, max: 1080 }),
});
const box = fc.record({
  x: fc.integer({ min: -200, max: 2000 }),
  y: fc.integer({ min: -200, max: 1200 }),
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
});

test('the liveness square always lies inside the frame and is a square', () => {
  fc.assert(
    fc.property(frame, box, (size, face) => {
      const square = squareInside(clip(face, size), 2.7, size);
      expect(square.width).toBe(square.height);
      expect(square.x).toBeGreaterThanOrEqual(0);
      expect(square.y).toBeGreaterThanOrEqual(0);
      expect(square.x + square.width).toBeLessThanOrEqual(size.width + 1e-9);
      expect(square.y + square.height).toBeLessThanOrEqual(size.height + 1e-9);
    }),
    { seed: 4 },
  );
});

test('where there is room the square is centred on the face and 2.7 times as high', () => {
  const face = { x: 300, y: 300, width: 80, height: 100 };
  expect(squareInside(face, 2.7, { width: 1000, height: 1000 })).toEqual({
    x: 205,
    y: 215,
    width: 270,
    height: 270,
  });
});

describe('suppressOverlaps', () => {
  test('no two boxes that stay cover each other, and the most confident one stays', () => {
    const scored = fc
      .tuple(box, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([each, score]) => ({ ...each, score }));
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 20 }), (boxes) => {
        const kept = suppressOverlaps(boxes, 10);
        for (const [i, a] of kept.entries()) {
          for (const b of kept.slice(i + 1)) expect(overlap(a, b)).toBeLessThan(0.4);
        }
        expect(kept[0]?.score).toBe(Math.max(...boxes.map(({ score }) => score)));
      }),
      { seed: 5 },
    );
  });

  test('a small box inside a face is not a second person', () => {
    const face = { x: 100, y: 100, width: 200, height: 200, score: 0.9 };
    const nose = { x: 170, y: 170, width: 40, height: 40, score: 0.7 };
    const neighbour = { x: 400, y: 100, width: 180, height: 200, score: 0.8 };
    expect(suppressOverlaps([nose, neighbour, face], 10)).toEqual([face, neighbour]);
    expect(suppressOverlaps([nose, neighbour, face], 1)).toEqual([face]);
  });
});

test('of two equal faces the one in the middle comes first; one twice as large at the edge still leads', () => {
  const size = { width: 1000, height: 600 };
  const middle = { x: 450, y: 250, width: 100, height: 100 };
  const edge = { x: 0, y: 0, width: 100, height: 100 };
  const largeEdge = { x: 0, y: 0, width: 200, height: 200 };
  expect(byProminence([edge, middle], size)).toEqual([middle, edge]);
  expect(byProminence([middle, largeEdge], size)).toEqual([largeEdge, middle]);
});
