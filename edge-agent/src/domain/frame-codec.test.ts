import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '#domain/frame-codec.ts';

describe('frames on the wire', () => {
  test('come back as they went', () => {
    const frame = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat())
      .chain(([width, height, counter]) =>
        fc
          .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
          .map((pixels) => ({ width, height, counter, pixels })),
      );
    fc.assert(
      fc.property(frame, (sent) => {
        expect(decodeFrame(encodeFrame(sent))).toEqual(sent);
      }),
      { seed: 7 },
    );
  });

  test('any other bytes are a problem or a frame of exactly its size, never a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const frame = decodeFrame(bytes);
        if ('problem' in frame) return;
        expect(frame.pixels.length).toBe(frame.width * frame.height * 3);
      }),
      { seed: 8 },
    );
  });
});
