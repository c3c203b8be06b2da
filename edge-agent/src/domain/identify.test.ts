import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direction, sampleRule } from '#domain/face-samples.ts';
import { identify, type GalleryEntry } from '#domain/identify.ts';

const people = fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { maxLength: 20 }).map((angles) =>
  angles.map((angle): GalleryEntry => ({
    personId: `p${angle}`,
    template: direction(angle),
  })),
);

describe('identify', () => {
  test('names the nearest person and how far the next one is', () => {
    const gallery = [
      { personId: 'near', template: direction(10) },
      { personId: 'far', template: direction(90) },
    ];
    const match = identify(direction(0), gallery, sampleRule);
    expect(match?.personId).toBe('near');
    expect(match?.similarity).toBeCloseTo(Math.cos(Math.PI / 18), 5);
    expect(match?.margin).toBeCloseTo(Math.cos(Math.PI / 18), 5);
  });

  test('two people who are equally near are nobody', () => {
    const gallery = [
      { personId: 'left', template: direction(-20) },
      { personId: 'right', template: direction(20) },
    ];
    expect(identify(direction(0), gallery, sampleRule)).toBeNull();
  });

  test('nobody below the threshold is ever named, whatever the gallery', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 359 }), (gallery, angle) => {
        const match = identify(direction(angle), gallery, sampleRule);
        if (match === null) return;
        expect(match.similarity).toBeGreaterThanOrEqual(sampleRule.threshold);
        expect(match.margin).toBeGreaterThan(0);
        expect(gallery.map(({ personId }) => personId)).toContain(match.personId);
      }),
      { seed: 2 },
    );
  });

  test('the order of the gallery decides nothing', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 359 }), (gallery, angle) => {
        expect(identify(direction(angle), gallery.toReversed(), sampleRule)).toEqual(
          identify(direction(angle), gallery, sampleRule),
        );
      }),
      { seed: 3 },
    );
  });

  test('a similarity that is no number names nobody', () => {
    const rule = { threshold: 0.5, compare: () => Number.NaN };
    expect(identify(direction(0), [{ personId: 'a', template: direction(0) }], rule)).toBeNull();
  });
});
