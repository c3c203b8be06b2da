import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameSplitter } from '#camera/frame-splitter.ts';

test('frames come out whole however the stream is cut', () => {
  const cuts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 30 });
  fc.assert(
    fc.property(cuts, (chunks) => {
      const frames: Uint8Array[] = [];
      const split = createFrameSplitter(12, (pixels) => frames.push(pixels));
      for (const chunk of chunks) split(chunk);
      const sent = chunks.flatMap((chunk) => [...chunk]);
      const whole = sent.slice(0, sent.length - (sent.length % 12));
      expect(frames.flatMap((frame) => [...frame])).toEqual(whole);
    }),
    { seed: 10 },
  );
});
