import { refuse, type Refusal } from '@sightline/contracts';
import { daysSince, type Keepable } from './due-erasures.ts';

/** An officer erases it before its time: what, and how many days after the meeting; or why not. */
export function decideErase<T extends Keepable>(
  kept: T | null,
  now: Temporal.Instant,
): { readonly kept: T; readonly afterDays: number } | Refusal {
  if (kept === null) return refuse('erased-already', 'There is nothing of it any more.');
  if (kept.endedAt === null) return refuse('not-over', 'The meeting is not over: end it first.');
  if (kept.isHeld) {
    return refuse('held', 'It is held: nothing of it is erased until it is released.');
  }
  return { kept, afterDays: daysSince(kept.endedAt, now) };
}
