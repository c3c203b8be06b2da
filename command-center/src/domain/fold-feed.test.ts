import type { FeedLine } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { foldFeed } from './fold-feed.ts';

const at = (second: number): string =>
  Temporal.Instant.from('2026-11-23T12:00:00Z').add({ seconds: second }).toString({
    fractionalSecondDigits: 3,
  });
const went = (position: number, status: string, region = '540235100001'): FeedLine => ({
  position,
  at: at(position),
  region,
  type: 'terminal.presence-changed',
  detail: { status },
});
const signed = (position: number): FeedLine => ({
  position,
  at: at(position),
  region: '540202100001',
  type: 'duty.checked-in',
  detail: { method: 'pin' },
});

test('a county going dark is one line with its count; what happened in between keeps its lines', () => {
  const lines = [went(6, 'stale'), signed(5), went(4, 'stale'), went(3, 'stale'), went(2, 'stale')];
  expect(
    foldFeed(lines, 12).map(({ position, region, count }) => [position, region, count]),
  ).toEqual([
    [6, '540235', 4],
    [5, '540202100001', 1],
  ]);
});

test('two changes, another county, another status and another hour are not folded', () => {
  const few = [went(3, 'stale'), went(2, 'stale'), went(1, 'offline')];
  expect(foldFeed(few, 12)).toHaveLength(3);
  const apart = [5000, 4000, 3000, 2000].map((position) => went(position, 'stale'));
  expect(foldFeed(apart, 12)).toHaveLength(4);
  const counties = [4, 3, 2, 1].map((n) => went(n, 'stale', `54020${n}100001`));
  expect(foldFeed(counties, 12)).toHaveLength(4);
});

test('check-ins are never folded, and no more lines come back than are shown', () => {
  const lines = Array.from({ length: 30 }, (_, index) => signed(100 - index));
  expect(foldFeed(lines, 12).map(({ position }) => position)).toEqual(
    Array.from({ length: 12 }, (_, index) => 100 - index),
  );
});
