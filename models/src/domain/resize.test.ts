import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignFace } from '#domain/align.ts';
import { alignedFivePoints } from '#domain/five-points.ts';
import { networkInput } from '#domain/network-input.ts';
import { resize } from '#domain/resize.ts';
import type { Point, RgbFrame } from '#domain/face.ts';

/** A frame whose colour is a function of the place. */
function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => [number, number, number],
): RgbFrame {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) pixels.set(colour(x, y), i);
  }
  return { width, height, pixels };
}

const channel = (planes: Float32Array, index: number): Float32Array => {
  const count = planes.length / 3;
  return planes.subarray(index * count, (index + 1) * count);
};

describe('resize', () => {
  test('one colour stays that colour at every size, even beyond the frame', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: -30, max: 60 }), y: fc.integer({ min: -30, max: 60 }) }),
        fc.record({
          width: fc.integer({ min: 1, max: 90 }),
          height: fc.integer({ min: 1, max: 90 }),
        }),
        (corner, size) => {
          const frame = paint(64, 64, () => [10, 120, 250]);
          const { planes } = resize(frame, { ...corner, ...size }, { width: 16, height: 12 });
          for (const [index, value] of [10, 120, 250].entries()) {
            for (const each of channel(planes, index)) expect(each).toBeCloseTo(value, 3);
          }
        },
      ),
      { seed: 6, numRuns: 40 },
    );
  });

  test('at its own size a picture is unchanged', () => {
    const frame = paint(7, 5, (x, y) => [x * 10, y * 20, x + y]);
    const { planes } = resize(frame, { x: 0, y: 0, width: 7, height: 5 }, { width: 7, height: 5 });
    expect([...channel(planes, 0)]).toEqual(Array.from({ length: 35 }, (_, i) => (i % 7) * 10));
    expect([...channel(planes, 1)]).toEqual(
      Array.from({ length: 35 }, (_, i) => Math.floor(i / 7) * 20),
    );
  });

  test('a slope stays a slope when the picture is halved, with the centres of pixels at .5', () => {
    const frame = paint(64, 8, (x) => [x * 4, 0, 0]);
    const { planes } = resize(
      frame,
      { x: 0, y: 0, width: 64, height: 8 },
      { width: 32, height: 4 },
    );
    // Pixel 10 of the half size covers pixels 20 and 21: their mean.
    expect(channel(planes, 0)[10]).toBeCloseTo((20 * 4 + 21 * 4) / 2, 4);
  });
});

describe('networkInput', () => {
  const picture = resize(
    paint(4, 2, () => [200, 100, 50]),
    { x: 0, y: 0, width: 4, height: 2 },
    { width: 4, height: 2 },
  );
  const size = { width: 4, height: 2 };

  test('puts the planes in the order the network was trained with, each with its own mean and deviation', () => {
    const rule = { ...size, mean: [1, 2, 3], std: [10, 20, 30] };
    const rgb = networkInput(picture, { ...rule, channels: 'rgb' });
    const bgr = networkInput(picture, { ...rule, channels: 'bgr' });
    expect([rgb[0], rgb[8], rgb[16]].map((value) => value?.toFixed(4))).toEqual([
      '19.9000',
      '4.9000',
      '1.5667',
    ]);
    expect([bgr[0], bgr[8], bgr[16]].map((value) => value?.toFixed(4))).toEqual([
      '4.9000',
      '4.9000',
      '6.5667',
    ]);
  });

  test('makes grey as a camera does', () => {
    const grey = networkInput(picture, { ...size, channels: 'grey', mean: [0], std: [256] });
    expect(grey.length).toBe(8);
    expect(grey[3]).toBeCloseTo((0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 256, 5);
  });

  test('refuses a picture of another size', () => {
    expect(() =>
      networkInput(picture, { width: 8, height: 8, channels: 'rgb', mean: [], std: [] }),
    ).toThrow(/4×2.*8×8/);
  });
});

test('alignment brings eyes, nose and mouth to their places whatever the size and tilt of the face', () => {
  // Landmarks all at one place but for the five that count; a bright dot is painted at each of those.
  const tilt = { a: 1.6 * Math.cos(0.4), b: 1.6 * Math.sin(0.4), tx: 150, ty: 60 };
  const five = alignedFivePoints(112).map(({ x, y }) => ({
    x: tilt.a * x - tilt.b * y + tilt.tx,
    y: tilt.b * x + tilt.a * y + tilt.ty,
  }));
  const at = (index: number): Point => five[index] ?? { x: 0, y: 0 };
  const landmarks = Array.from({ length: 68 }, () => at(2));
  for (const i of [37, 38, 40, 41]) landmarks[i] = at(0);
  for (const i of [43, 44, 46, 47]) landmarks[i] = at(1);
  for (const i of [48, 60]) landmarks[i] = at(3);
  for (const i of [54, 64]) landmarks[i] = at(4);
  const isDot = (x: number, y: number): boolean =>
    five.some((dot) => Math.hypot(dot.x - x, dot.y - y) < 4);
  const frame = paint(500, 400, (x, y) => (isDot(x, y) ? [255, 255, 255] : [0, 0, 0]));
  const { planes } = alignFace(frame, landmarks, 112);
  for (const { x, y } of alignedFivePoints(112)) {
    expect(planes[Math.round(y) * 112 + Math.round(x)]).toBeGreaterThan(250);
  }
});
