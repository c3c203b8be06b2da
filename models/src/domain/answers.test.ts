import { expect, test } from 'vitest';
import { frameFault } from '#domain/check-frame.ts';
import { decodeBoxes } from '#domain/decode-boxes.ts';
import { headPose } from '#domain/head-pose.ts';
import { parsePpm } from '#domain/parse-ppm.ts';
import { softmax } from '#domain/softmax.ts';
import { measurePicture } from '#domain/face-quality.ts';

test('softmax adds up to 1 and survives logits that would overflow', () => {
  const shares = softmax([1000, 999, -1000]);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  expect(shares[0]).toBeCloseTo(Math.E / (Math.E + 1), 6);
});

test('a pose whose bins all point to one angle is that angle', () => {
  const binsFor = (bin: number): number[] =>
    Array.from({ length: 66 }, (_, i) => (i === bin ? 50 : 0));
  const pose = headPose({ yaw: binsFor(33), pitch: binsFor(43), roll: binsFor(23) });
  expect(pose.yawDeg).toBeCloseTo(0, 3);
  expect(pose.pitchDeg).toBeCloseTo(30, 3);
  expect(pose.rollDeg).toBeCloseTo(-30, 3);
});

test('boxes come in pixels, the confident ones only, the best first and no more than asked', () => {
  const scores = [0.1, 0.9, 0.5, 0.5, 0.02, 0.98, 0.2, 0.8];
  const boxes = [0.1, 0.2, 0.3, 0.6, 0, 0, 1, 1, 0.5, 0.5, 0.75, 1, 0.4, 0.4, 0.2, 0.8];
  const frame = { width: 200, height: 100 };
  const found = decodeBoxes({ scores, boxes }, { frame, threshold: 0.65, most: 5 });
  expect(found.map(({ score }) => score)).toEqual([0.98, 0.9]);
  expect(found[0]).toMatchObject({ x: 100, y: 50, width: 50, height: 50 });
  expect(found[1]?.width).toBeCloseTo(40, 5);
  expect(decodeBoxes({ scores, boxes }, { frame, threshold: 0.65, most: 1 })).toHaveLength(1);
});

test('a flat grey picture has no contrast and no sharpness; a chequered one has both', () => {
  const flat = { width: 16, height: 16, planes: new Float32Array(16 * 16 * 3).fill(90) };
  expect(measurePicture(flat).brightness).toBeCloseTo(90, 2);
  expect(measurePicture(flat).contrast).toBeCloseTo(0, 1);
  expect(measurePicture(flat).sharpness).toBeCloseTo(0, 1);
  const chequered = {
    ...flat,
    planes: flat.planes.map((_, i) => ((i + Math.floor(i / 16)) % 2) * 200),
  };
  expect(measurePicture(chequered).contrast).toBeGreaterThan(90);
  expect(measurePicture(chequered).sharpness).toBeGreaterThan(10_000);
});

test('a stream of pictures is cut into its pictures, and one that breaks off is a fault', () => {
  const one = Buffer.concat([Buffer.from('P6\n2 1\n255\n'), Buffer.from([1, 2, 3, 4, 5, 6])]);
  const frames = parsePpm(Buffer.concat([one, one]));
  expect(frames.map(({ width, height }) => [width, height])).toEqual([
    [2, 1],
    [2, 1],
  ]);
  expect([...(frames[1]?.pixels ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(() => parsePpm(one.subarray(0, one.length - 1))).toThrow(/cut off/);
  expect(() => parsePpm(Buffer.from('GIF89a'))).toThrow(/no PPM/);
});

test('a frame that is too small, too large or of the wrong length is named with its size', () => {
  const limits = { framePixels: 100 * 100, frameSidePx: 10 };
  const frame = (width: number, height: number, bytes = width * height * 3) =>
    frameFault({ width, height, pixels: new Uint8Array(bytes) }, limits);
  expect(frame(100, 100)).toBeNull();
  expect(frame(9, 100)).toMatch(/9×100 is too small/);
  expect(frame(101, 100)).toMatch(/framePixels = 10000/);
  expect(frame(20, 20, 1199)).toMatch(/needs 1200 bytes of RGB, it has 1199/);
  expect(frame(20.5, 20, 1230)).toMatch(/20.5×20/);
});
