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
  const page = { isGone: false };
  const queue = new StillQueue(
    (one) => {
      if (!page.isGone) sent.push(one);
      return !page.isGone;
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

test('no more leaves than the link has place for, whoever sends, and the newest of each picture alone', () => {
  const { queue, sent, begun } = open();
  const fromMs = Date.now();
  for (let at = 0; at < 60; at += 3) {
    for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', at));
    vi.advanceTimersByTime(3_000);
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

test('a shared screen has every second turn', () => {
  const { queue, begun } = open();
  for (let at = 0; at < 120; at += 3) {
    queue.put(still(first, 'screen', at));
    for (const seatId of [second, third]) queue.put(still(seatId, 'camera', at));
    vi.advanceTimersByTime(3_000);
  }
  const sources = begun().map(({ source }) => source);
  expect(sources.length).toBeGreaterThan(6);
  expect(sources.slice(0, 6)).toEqual(['screen', 'camera', 'screen', 'camera', 'screen', 'camera']);
});

test('a still leaves in pieces, whole, before the next; voice has the link between them', () => {
  const { queue, sent } = open();
  const jpeg = Buffer.from(Array.from({ length: 7_001 }, (_, n) => n % 251));
  queue.put({ seatId: first, source: 'screen', at: 1, jpeg });
  queue.put(still(second, 'camera', 2));
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(999);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  const ofScreen = sent.slice(0, 3);
  expect(ofScreen.map(({ at, from, of }) => [at, from, of])).toEqual([
    [1, 0, 7_001],
    [1, 3_000, 7_001],
    [1, 6_000, 7_001],
  ]);
  expect(Buffer.concat(ofScreen.map((one) => one.jpeg))).toEqual(jpeg);
  expect(sent[3]).toMatchObject({ seatId: second, at: 2, from: 0 });
});

test('what is not needed any more does not leave', () => {
  const { queue, order } = open();
  for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', 1));
  queue.keep(new Set([onAirKey(third, 'camera')]));
  vi.advanceTimersByTime(60_000);
  expect(order()).toEqual([
    `${first} 1: 0`,
    `${third} 1: 0`,
    `${third} 1: 3000`,
    `${third} 1: 6000`,
  ]);
});

test('of a page that left meanwhile nothing waits, and nothing is timed for it', () => {
  const { queue, page, order } = open();
  for (const seatId of [first, second, third]) queue.put(still(seatId, 'camera', 1));
  page.isGone = true;
  vi.advanceTimersToNextTimer();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(order()).toEqual([`${first} 1: 0`]);
});
