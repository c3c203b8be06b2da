import { meetingLimits, signallingLimits } from '@sightline/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onAirKey } from '#rooms/on-air.ts';
import { StillQueue, type Still, type StillPiece } from './still-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const perMs = signallingLimits.stillBytesPerSecond / 1000;
const [first, second, third] = [
  'venue-540235',
  'venue-540235100201',
  'venue-540235100202',
] as const;

function still(seatId: string, source: Still['source'], at: number): Still {
  return { seatId, source, at, jpeg: Buffer.alloc(meetingLimits.stillBytes[source]) };
}

function open() {
  const sent: StillPiece[] = [];
  const page = { isGone: false, had: Promise.resolve() };
  const queue = new StillQueue(
    async (one) => {
      if (page.isGone) return false;
      sent.push(one);
      await page.had;
      return true;
    },
    () => perMs,
  );
  return {
    queue,
    page,
    sent,
    begun: () => sent.filter(({ from }) => from === 0),
    order: () => sent.map((one) => `${one.seatId} ${one.at}: ${one.from}`),
  };
}

test('no more leaves than the link has place for, whoever sends, and the newest of each picture alone', async () => {
  const { queue, sent, begun } = open();
  const fromMs = Date.now();
  for (let at = 0; at < 60; at += 3) {
    for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', at));
    await vi.advanceTimersByTimeAsync(3_000);
  }
  const bytes = sent.reduce((sum, one) => sum + one.jpeg.byteLength, 0);
  const passedMs = Date.now() - fromMs;
  expect(bytes).toBeLessThanOrEqual(passedMs * perMs + signallingLimits.stillPieceBytes);
  expect(bytes).toBeGreaterThan(passedMs * perMs * 0.8);
  const seats = [first, second, third].map(
    (seatId) => begun().filter((one) => one.seatId === seatId).length,
  );
  expect(Math.max(...seats) - Math.min(...seats)).toBeLessThanOrEqual(1);
});

test('a shared screen has every second turn', async () => {
  const { queue, begun } = open();
  for (let at = 0; at < 120; at += 3) {
    queue.put(still(first, 'screen', at));
    for (const seatId of [second, third]) queue.put(still(seatId, 'camera', at));
    await vi.advanceTimersByTimeAsync(3_000);
  }
  const sources = begun().map(({ source }) => source);
  expect(sources.length).toBeGreaterThan(6);
  expect(sources.slice(0, 6)).toEqual(['screen', 'camera', 'screen', 'camera', 'screen', 'camera']);
});

test('a still leaves in pieces, whole, before the next; voice has the link between them', async () => {
  const { queue, sent } = open();
  const jpeg = Buffer.from(Array.from({ length: 7_001 }, (_, n) => n % 251));
  queue.put({ seatId: first, source: 'screen', at: 1, jpeg });
  queue.put(still(second, 'camera', 2));
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  const ofScreen = sent.slice(0, 3);
  expect(ofScreen.map(({ at, from, of }) => [at, from, of])).toEqual([
    [1, 0, 7_001],
    [1, 3_000, 7_001],
    [1, 6_000, 7_001],
  ]);
  expect(Buffer.concat(ofScreen.map((one) => one.jpeg))).toEqual(jpeg);
  expect(sent[3]).toMatchObject({ seatId: second, at: 2, from: 0 });
});

test('the next piece waits until the page had the one before, however long that takes', async () => {
  const { queue, page, sent } = open();
  const { promise, resolve } = Promise.withResolvers<void>();
  page.had = promise;
  queue.put(still(first, 'camera', 1));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).toHaveLength(1);
  resolve();
  await vi.advanceTimersByTimeAsync(1);
  expect(sent.map(({ from }) => from)).toEqual([0, 3_000]);
});

test('what is not needed any more does not leave', async () => {
  const { queue, order } = open();
  for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', 1));
  queue.keep(new Set([onAirKey(third, 'camera')]));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(order()).toEqual([
    `${first} 1: 0`,
    `${third} 1: 0`,
    `${third} 1: 3000`,
    `${third} 1: 6000`,
  ]);
});

test('of a page that left meanwhile nothing waits, and nothing is timed for it', async () => {
  const { queue, page, order } = open();
  for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', 1));
  page.isGone = true;
  await vi.advanceTimersToNextTimerAsync();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(order()).toEqual([`${first} 1: 0`]);
});
