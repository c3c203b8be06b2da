import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanTemplate } from '#domain/mean-template.ts';
import { similarity } from '#domain/similarity.ts';
import { unitLength } from '#domain/unit-length.ts';

const direction = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 8, maxLength: 8 })
  .filter((numbers) => numbers.some((number) => number !== 0));
const template = direction.map((numbers) => unitLength(numbers));

describe('similarity', () => {
  test('is 1 with itself, the same both ways, and never outside −1 to 1', () => {
    fc.assert(
      fc.property(template, template, (a, b) => {
        expect(similarity(a, a)).toBeCloseTo(1, 5);
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(Math.abs(similarity(a, b))).toBeLessThanOrEqual(1 + 1e-6);
      }),
      { seed: 1 },
    );
  });

  test('refuses templates of two models', () => {
    expect(() => similarity(new Float32Array(512), new Float32Array(128))).toThrow(/512 and 128/);
  });
});

describe('meanTemplate', () => {
  test('has unit length and does not depend on the order of the frames', () => {
    fc.assert(
      fc.property(
        fc.array(template, { minLength: 1, maxLength: 5 }),
        direction,
        (some, numbers) => {
          // One strong direction more, so that the frames cannot cancel each other out.
          const frames = [
            ...some,
            ...Array.from({ length: some.length + 1 }, () => unitLength(numbers)),
          ];
          const mean = meanTemplate(frames);
          expect(Math.hypot(...mean)).toBeCloseTo(1, 5);
          expect(similarity(mean, meanTemplate(frames.toReversed()))).toBeCloseTo(1, 5);
        },
      ),
      { seed: 2 },
    );
  });

  test('of one frame is that frame', () => {
    const one = unitLength([3, 4]);
    expect([...meanTemplate([one])]).toEqual([...one]);
  });

  test('refuses no frames, mixed models and frames that cancel each other out', () => {
    expect(() => meanTemplate([])).toThrow(/at least one/);
    expect(() => meanTemplate([unitLength([1, 0]), unitLength([1, 0, 0])])).toThrow(/2 and 3/);
    expect(() => meanTemplate([unitLength([1, 0]), unitLength([-1, 0])])).toThrow(/no direction/);
  });
});
