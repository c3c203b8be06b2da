import { expect, test, vi } from 'vitest';
import { leftForAnswerMs, whenOutOfPatience } from '#patience.ts';

test('an answer is given up where it is late and the connection has been silent for as long', () => {
  expect(leftForAnswerMs(0, 0, 10_000)).toBe(10_000);
  expect(leftForAnswerMs(12_000, 4_000, 10_000)).toBe(6_000);
  expect(leftForAnswerMs(4_000, 12_000, 10_000)).toBe(6_000);
  expect(leftForAnswerMs(11_000, 10_500, 10_000)).toBeLessThanOrEqual(0);
});

test('bytes that move keep the wait alive; silence ends it; an answer takes it back', async () => {
  vi.useFakeTimers();
  let heardMs = 0;
  const wait = (act: () => void) =>
    whenOutOfPatience((ms) => leftForAnswerMs(ms, performance.now() - heardMs, 10_000), act);
  heardMs = performance.now();
  const [givenUp, answered] = [vi.fn<() => void>(), vi.fn<() => void>()];
  wait(givenUp);
  const stop = wait(answered);
  await vi.advanceTimersByTimeAsync(8_000);
  heardMs = performance.now();
  await vi.advanceTimersByTimeAsync(9_900);
  expect(givenUp).not.toHaveBeenCalled();
  stop();
  await vi.advanceTimersByTimeAsync(100);
  expect(givenUp).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([givenUp.mock.calls.length, answered.mock.calls.length]).toEqual([1, 0]);
  vi.useRealTimers();
});
