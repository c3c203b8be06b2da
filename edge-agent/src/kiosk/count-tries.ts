import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import { afterWrong, lockedForMs, noTries } from '#domain/pin-lock.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';

/** What is being tried: the PIN of a person, or a code of the console for that person. */
export interface TrySubject {
  readonly kind: 'pin' | 'code';
  readonly personId: string;
  readonly now: Temporal.Instant;
}

/**
 * Takes one try and counts it: wrong tries lock, a right one clears the count. The try is counted as
 * wrong before it is looked at, so that pulling the plug gives nobody a free one.
 */
export async function countTry<T>(
  records: KioskRecords,
  subject: TrySubject,
  attempt: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const key = `${subject.kind}:${subject.personId}`;
  const before = records.tries(key);
  const lockedMs = lockedForMs(before, subject.now);
  if (lockedMs > 0) return locked(subject.kind, lockedMs);
  const after = afterWrong(before, subject.now);
  records.saveTries(key, after);
  const answer = await attempt();
  if (!isRefusal(answer)) {
    records.saveTries(key, noTries);
    return answer;
  }
  const nowLockedMs = lockedForMs(after, subject.now);
  return nowLockedMs > 0 ? locked(subject.kind, nowLockedMs) : answer;
}

function locked(kind: TrySubject['kind'], lockedMs: number): Refusal {
  const minutes = Math.ceil(lockedMs / 60_000);
  const what = kind === 'pin' ? 'PINs' : 'codes';
  return refuse(
    `${kind}-locked-${minutes > 1 ? 'long' : 'short'}`,
    `Too many wrong ${what} for this person. Try again in ${minutes} min.`,
  );
}
