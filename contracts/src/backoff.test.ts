import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const pace = { firstMs: 1_000, lastMs: 60_000 };

describe('backoff', () => {
  it('doubles from one second to a minute and stays there', () => {
    const longest = [0, 1, 2, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, 1, pace));
    expect(longest).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('spreads those who wait over the upper half of each wait', () => {
    expect(backoffMs(3, 0, pace)).toBe(4_000);
    expect(backoffMs(3, 0.5, pace)).toBe(6_000);
  });
});
