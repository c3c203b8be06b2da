import { expect, test } from 'vitest';
import { decodeFrame } from '#domain/frame-codec.ts';
import { packFrame, unpackPixels } from './pack-frame.ts';

test('a canvas goes to the agent and back, opaque', () => {
  const data = Uint8ClampedArray.from({ length: 4 * 3 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i * 3));
  const frame = decodeFrame(packFrame({ width: 4, height: 3, data } as ImageData, 9));
  if ('problem' in frame) throw new Error(frame.problem);
  expect([frame.width, frame.height, frame.counter]).toEqual([4, 3, 9]);
  const back = new Uint8ClampedArray(data.length);
  unpackPixels(frame.pixels, back);
  expect(back).toEqual(data);
});
