import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { similarity } from '#domain/similarity.ts';
import type { Face } from '#domain/face.ts';
import type { FaceReader } from '#face-reader.ts';
import { openFaceReader } from '#reader/open-face-reader.ts';
import { ensureFootage, ensureWeights } from '#testing.ts';
import {
  describeReference,
  openReferencePicture,
  readReferences,
  REFERENCE_PICTURES,
  unpackTemplate,
  type Reference,
} from '#testing/reference-vectors.ts';

let reader: FaceReader;
const seen: { readonly reference: Reference; readonly face: Face; readonly now: Reference }[] = [];

/** The largest difference of two lists of numbers. */
const apart = (some: readonly number[], others: readonly number[]): number =>
  Math.max(...some.map((value, i) => Math.abs(value - (others[i] ?? NaN))));
const worst = (distance: (now: Reference, then: Reference) => number): number =>
  Math.max(...seen.map(({ now, reference }) => distance(now, reference)));

beforeAll(async () => {
  reader = await openFaceReader({ weightsDir: await ensureWeights() });
  const footage = await ensureFootage();
  for (const reference of await readReferences()) {
    const [face] = await reader.read(await openReferencePicture(reference, footage));
    if (face === undefined) throw new Error(`${reference.file} shows no face`);
    seen.push({ reference, face, now: describeReference(reference, face) });
  }
}, 120_000);
afterAll(async () => await reader[Symbol.asyncDispose]());

describe('what the networks say of ten known pictures stays what it was', () => {
  test('every picture of the list has its reference', () => {
    const names = seen.map(({ reference: { file, atSeconds } }) => ({ file, atSeconds }));
    expect(names).toEqual(REFERENCE_PICTURES);
  });

  test('the template: cosine of at least 0.999 to the stored one', () => {
    for (const { face, reference } of seen) {
      expect(
        similarity(face.template, unpackTemplate(reference.template)),
        reference.file,
      ).toBeGreaterThan(0.999);
    }
  });

  test('box and landmarks, to a pixel', () => {
    expect(worst((now, then) => apart(now.box, then.box))).toBeLessThan(1);
    expect(worst((now, then) => apart(now.landmarks, then.landmarks))).toBeLessThan(1);
  });

  test('pose to a degree, eyes and liveness to a twentieth', () => {
    expect(worst((now, then) => apart(now.poseDeg, then.poseDeg))).toBeLessThan(1);
    expect(worst((now, then) => apart(now.eyesClosed, then.eyesClosed))).toBeLessThan(0.05);
    expect(worst((now, then) => apart([now.liveness], [then.liveness]))).toBeLessThan(0.05);
  });
});
