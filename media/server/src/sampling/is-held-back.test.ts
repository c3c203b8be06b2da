import { expect, test } from 'vitest';
import { isHeldBack, type Picture } from './is-held-back.ts';

const whole: Picture = {
  type: 'simulcast',
  preferredLayers: { spatialLayer: 2, temporalLayer: 2 },
  currentLayers: { spatialLayer: 2, temporalLayer: 2 },
  score: { score: 10, producerScore: 10, producerScores: [10, 10, 10] },
};

test('a picture is held back where a smaller one, fewer frames or nothing is sent of what is asked', () => {
  expect(isHeldBack(whole)).toBe(false);
  const smaller = { spatialLayer: 1, temporalLayer: 2 };
  expect(isHeldBack({ ...whole, currentLayers: smaller })).toBe(true);
  const slower = { spatialLayer: 2, temporalLayer: 1 };
  expect(isHeldBack({ ...whole, currentLayers: slower })).toBe(true);
  expect(isHeldBack({ ...whole, currentLayers: undefined })).toBe(true);
});

test('what does not come in is not held back', () => {
  const alone = { ...whole, score: { ...whole.score, producerScores: [10, 0, 0] } };
  expect(isHeldBack({ ...alone, currentLayers: { spatialLayer: 0, temporalLayer: 2 } })).toBe(
    false,
  );
  expect(isHeldBack({ ...alone, currentLayers: { spatialLayer: 0, temporalLayer: 0 } })).toBe(true);
  const none = { ...whole, score: { ...whole.score, producerScores: [0, 0, 0] } };
  expect(isHeldBack({ ...none, currentLayers: undefined })).toBe(false);
});

test('of a picture with one layer nothing tells, so the estimate counts', () => {
  expect(isHeldBack({ ...whole, type: 'simple' })).toBe(true);
});
