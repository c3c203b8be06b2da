import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limits } from '#limits.ts';
import { tellChairs } from './tell-chairs.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const chair = { meetingId: 'a meeting', agoMs: 20 };

test('says at once and then each 10 s who sits there, and nothing of empty rooms or after its end', async () => {
  const said: number[] = [];
  let seated = [chair];
  const telling = tellChairs({
    seated: () => seated,
    say: async (chairs) => said.push(chairs.length),
  });
  expect(said).toEqual([1]);
  await vi.advanceTimersByTimeAsync(limits.link.chairsMs);
  expect(said).toEqual([1, 1]);
  seated = [];
  await vi.advanceTimersByTimeAsync(limits.link.chairsMs);
  expect(said).toEqual([1, 1]);
  seated = [chair, chair];
  telling[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(2 * limits.link.chairsMs);
  expect(said).toEqual([1, 1]);
});

test('a word that waits for its answer is not overtaken', async () => {
  let said = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  using _telling = tellChairs({
    seated: () => [chair],
    say: () => {
      said += 1;
      return promise;
    },
  });
  await vi.advanceTimersByTimeAsync(3 * limits.link.chairsMs);
  expect(said).toBe(1);
  resolve();
  await vi.advanceTimersByTimeAsync(limits.link.chairsMs);
  expect(said).toBe(2);
});
