import { expect, test } from 'vitest';
import { afterFailure, lockedUntil, openLock, type FaceLock } from '#domain/face-lock.ts';
import type { UsePinReason } from '@sightline/contracts';

const start = Temporal.Instant.from('2026-11-26T01:00:00Z');
const after = (minutes: number) => start.add({ seconds: Math.round(minutes * 60) });

function fail(whys: readonly UsePinReason[], everyMinutes = 0.5): FaceLock {
  return whys.reduce((lock, why, i) => afterFailure(lock, why, after(i * everyMinutes)), openLock);
}

const deceits: readonly UsePinReason[] = [
  'not-live',
  'challenge-failed',
  'replayed',
  'face-changed',
  'challenge-failed',
];

test('five sessions that looked like a deceit lock faces for five minutes', () => {
  expect(lockedUntil(fail(deceits.slice(1)), after(2))).toBeNull();
  const lock = fail(deceits);
  expect(lockedUntil(lock, after(2))?.toString()).toBe(after(7).toString());
  expect(lockedUntil(lock, after(7))).toBeNull();
});

test('after the lock one more failure locks again', () => {
  const lock = afterFailure(fail(deceits), 'replayed', after(8));
  expect(lockedUntil(lock, after(8))).not.toBeNull();
});

test('failures spread over time lock nothing', () => {
  expect(lockedUntil(fail(deceits, 3), after(12))).toBeNull();
});

test('strangers, people not seen well and broken eyes lock nothing', () => {
  const harmless: readonly UsePinReason[] = ['not-recognised', 'too-long', 'eyes-unavailable'];
  const many = Array.from({ length: 30 }, (_, i) => harmless[i % 3] ?? 'too-long');
  expect(lockedUntil(fail(many, 0.1), after(3))).toBeNull();
});
