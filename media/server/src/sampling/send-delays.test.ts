import { expect, test } from 'vitest';
import { SendDelays } from './send-delays.ts';

const delaysOf = (delays: SendDelays) => delays.told().map(({ delayMs }) => delayMs);

test('what comes later than the quickest report stood in a queue, whatever the clocks say', () => {
  const delays = new SendDelays();
  const hear = (sentMs: number, waitedMs: number) =>
    delays.hear('a', {
      sentMs: 1_700_000_000_000 + sentMs,
      cameMs: 5_000 + sentMs + waitedMs,
    });
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
  for (let second = 0; second < 100; second += 1)
    delays.hear('a', { sentMs: second * 1_000, cameMs: second * 1_000 });
  for (let second = 100; second < 240; second += 1) {
    delays.hear('a', { sentMs: second * 1_000 - 9_000, cameMs: second * 1_000 });
  }
  expect(delaysOf(delays)).toEqual([0]);
});

test('a queue that stands when a minute begins is known by the minute before', () => {
  const delays = new SendDelays();
  for (let second = 0; second < 60; second += 1)
    delays.hear('a', { sentMs: second * 1_000, cameMs: second * 1_000 });
  delays.hear('a', { sentMs: 58_000, cameMs: 61_000 });
  expect(delaysOf(delays)).toEqual([3_000]);
});

test('two reports that waited as long are two reports', () => {
  const delays = new SendDelays();
  delays.hear('a', { sentMs: 0, cameMs: 10 });
  const [one] = delays.told();
  delays.hear('a', { sentMs: 1_000, cameMs: 1_010 });
  const [other] = delays.told();
  expect(one?.report).not.toBe(other?.report);
});

test('what a stream told last is forgotten when it tells no more', () => {
  const delays = new SendDelays();
  delays.hear('camera', { sentMs: 0, cameMs: 10 }, 0);
  delays.hear('camera', { sentMs: 1_000, cameMs: 5_410 }, 5_400);
  delays.hear('voice', { sentMs: 5_500, cameMs: 5_510 }, 5_500);
  expect(delays.told(6_000).map(({ id }) => id)).toEqual(['camera', 'voice']);
  expect(delays.queueMs(6_000)).toBe(0);
  delays.hear('voice', { sentMs: 13_450, cameMs: 13_460 }, 13_450);
  expect(delays.told(13_500).map(({ id }) => id)).toEqual(['voice']);
});
