import { tiers } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { mostPicturesPerS, picturesPerS } from './meeting-picture.ts';

test('a weaker link never asks the camera for more, and a link without video for one a second', () => {
  const paces = tiers.map(picturesPerS);
  expect(paces).toEqual(paces.toSorted((a, b) => b - a));
  expect(paces[0]).toBe(mostPicturesPerS);
  expect(tiers.slice(-3).map(picturesPerS)).toEqual([1, 1, 1]);
});
