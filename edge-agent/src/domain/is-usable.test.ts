import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleFace, sampleFrame } from '#domain/face-samples.ts';
import { isUsable, usableFace } from '#domain/is-usable.ts';

const good = sampleFace();

describe('usableFace', () => {
  test('a frontal face in the oval may be compared', () => {
    expect(usableFace([good], sampleFrame)).toEqual({ face: good, guide: null });
  });

  test('an empty frame asks for somebody', () => {
    expect(usableFace([], sampleFrame).guide).toBe('look-at-camera');
  });

  test('two people of like size are asked to come one by one', () => {
    const beside = sampleFace({ box: { x: 450, y: 120, width: 160, height: 200 } });
    expect(usableFace([good, beside], sampleFrame).guide).toBe('one-person-only');
  });

  test('somebody far behind does not disturb', () => {
    const behind = sampleFace({
      box: { x: 500, y: 100, width: 50, height: 60 },
      quality: { ...good.quality, sizePx: 50 },
    });
    expect(usableFace([good, behind], sampleFrame).face).toBe(good);
  });

  test('a second box on the same face is the same person', () => {
    const inside = sampleFace({ box: { x: 230, y: 150, width: 180, height: 200 } });
    expect(usableFace([good, inside], sampleFrame).face).toBe(good);
  });
});

describe('isUsable', () => {
  test.each([
    ['come-closer', { quality: { ...good.quality, sizePx: 80 } }],
    ['step-back', { quality: { ...good.quality, sizePx: 420 } }],
    ['too-dark', { quality: { ...good.quality, brightness: 20 } }],
    ['too-bright', { quality: { ...good.quality, brightness: 240 } }],
    ['hold-still', { quality: { ...good.quality, sharpness: 3 } }],
    ['face-the-camera', { pose: { yawDeg: 45, pitchDeg: 0, rollDeg: 0 } }],
    ['face-the-camera', { pose: { yawDeg: 0, pitchDeg: -50, rollDeg: 0 } }],
    ['look-at-camera', { box: { x: 0, y: 120, width: 200, height: 240 } }],
  ] as const)('says %s', (guide, change) => {
    expect(isUsable(sampleFace(change), sampleFrame)).toBe(guide);
  });

  test.each(['sizePx', 'brightness', 'sharpness'])(
    'a %s that is no number is not usable',
    (key) => {
      const face = sampleFace({ quality: { ...good.quality, [key]: Number.NaN } });
      expect(isUsable(face, sampleFrame)).not.toBeNull();
    },
  );

  test('a mirrored head is judged the same', () => {
    const angle = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(angle, angle, (yawDeg, rollDeg) => {
        const face = sampleFace({ pose: { yawDeg, rollDeg, pitchDeg: 0 } });
        const mirrored = sampleFace({ pose: { yawDeg: -yawDeg, rollDeg: -rollDeg, pitchDeg: 0 } });
        expect(isUsable(face, sampleFrame)).toBe(isUsable(mirrored, sampleFrame));
      }),
      { seed: 1 },
    );
  });
});
