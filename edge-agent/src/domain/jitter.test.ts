import { expect, it } from 'vitest';
import { jitteredMs } from '#domain/jitter.ts';

it('spreads heartbeats by a tenth to both sides', () => {
  expect([0, 0.5, 1].map((random) => jitteredMs(30_000, random))).toEqual([27_000, 30_000, 33_000]);
});
