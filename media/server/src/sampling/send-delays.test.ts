import { expect, test } from 'vitest';
import { SendDelays } from './send-delays.ts';

const delaysOf = (delays: SendDelays) =>
  delays.told().map(({ delayMs }) => Math.floor(delayMs) - 1);

test('what comes later than the quickest report stood in a queue, whatever the clocks say', () => {
  const delays = new SendDelays();
  const hear = (sentMs: number, waitedMs: number) =>
    delays.hear('a', 1_700_000_000_000 + sentMs, 5_000 + sentMs + waitedMs);
  hear(0, 30);
  hear(1_000, 20);
  expect(delaysOf(delays)).toEqual([0]);
  hear(2_000, 2_520);
  expect(delaysOf(delays)).toEqual([2_500]);
  hear(3_000, 20);
  expect(delaysOf(delays)).toEqual([0]);
});

test('a clock that was set looks like a queue for two minutes at most', () => {
  const delays = new SendDelays();
  for (let second = 0; second < 100; second += 1) delays.hear('a', second * 1_000, second * 1_000);
  for (let second = 100; second < 240; second += 1) {
    delays.hear('a', second * 1_000 - 9_000, second * 1_000);
  }
  expect(delaysOf(delays)).toEqual([0]);
});

test('a queue that stands when a minute begins is known by the minute before', () => {
  const delays = new SendDelays();
  for (let second = 0; second < 60; second += 1) delays.hear('a', second * 1_000, second * 1_000);
  delays.hear('a', 58_000, 61_000);
  expect(delaysOf(delays)).toEqual([3_000]);
});

test('two reports that waited as long are two reports', () => {
  const delays = new SendDelays();
  delays.hear('a', 0, 10);
  const [one] = delays.told();
  delays.hear('a', 1_000, 1_010);
  const [other] = delays.told();
  expect(one?.delayMs).not.toBe(other?.delayMs);
});
