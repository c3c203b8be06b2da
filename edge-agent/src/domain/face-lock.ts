import type { UsePinReason } from '@sightline/contracts';
import { faceLimits } from '#domain/face-limits.ts';

/** When face sessions looked like a deceit lately, oldest first; in memory only, it names nobody. */
export interface FaceLock {
  readonly failedAt: readonly Temporal.Instant[];
}

export const openLock: FaceLock = { failedAt: [] };

const deceits: ReadonlySet<UsePinReason> = new Set([
  'not-live',
  'challenge-failed',
  'replayed',
  'face-changed',
]);

/** After a session that named nobody. A stranger, or somebody not seen well, is no deceit and locks nothing. */
export function afterFailure(lock: FaceLock, why: UsePinReason, now: Temporal.Instant): FaceLock {
  if (!deceits.has(why)) return lock;
  const recent = lock.failedAt.filter((at) => isWithin(at, now, faceLimits.lockWithinMs));
  return { failedAt: [...recent, now].slice(-faceLimits.lockFailures) };
}

/** Until when no face is looked at, or null. The PIN is the way out. */
export function lockedUntil(lock: FaceLock, now: Temporal.Instant): Temporal.Instant | null {
  const { failedAt } = lock;
  const last = failedAt.at(-1);
  if (last === undefined || failedAt.length < faceLimits.lockFailures) return null;
  return isWithin(last, now, faceLimits.lockMs)
    ? last.add({ milliseconds: faceLimits.lockMs })
    : null;
}

function isWithin(at: Temporal.Instant, now: Temporal.Instant, ms: number): boolean {
  return now.epochMilliseconds - at.epochMilliseconds < ms;
}
