import { expect, test } from 'vitest';
import { isCarried, layersOf, planOf } from '#send-plan.ts';

test('a wide picture has three layers, a half one two, a small one is itself', () => {
  expect([1280, 640, 320].map((width) => layersOf(width).length)).toEqual([3, 2, 1]);
  expect(layersOf(1280).map(({ maxBitrate }) => maxBitrate)).toEqual([80_000, 200_000, 400_000]);
});

test('a weaker tier sends the smallest layer alone, thinner and thinner; stills send no video', () => {
  const active = (tier: Parameters<typeof planOf>[1]) =>
    planOf(layersOf(1280), tier).filter((encoding) => encoding.active);
  expect(active('video-300')).toHaveLength(3);
  expect(active('video-128')).toMatchObject([{ maxBitrate: 90_000, maxFramerate: 15 }]);
  expect(active('video-64')).toMatchObject([{ maxBitrate: 40_000, maxFramerate: 8 }]);
  expect(active('stills')).toEqual([]);
});

test('the voice goes on to the last tier but text', () => {
  expect(isCarried('camera', 'stills')).toBe(false);
  expect(isCarried('microphone', 'audio')).toBe(true);
  expect(isCarried('microphone', 'text')).toBe(false);
});
