import { refuse, type Refusal } from '@sightline/contracts';
import type { Keepable } from './due-erasures.ts';

/** Whether an officer may erase it before its time; null = there is nothing of it any more. */
export function refuseErase(kept: Keepable | null): Refusal | null {
  if (kept === null) return refuse('erased-already', 'There is nothing of it any more.');
  if (kept.endedAt === null) return refuse('not-over', 'The meeting is not over: end it first.');
  if (kept.isHeld)
    return refuse('held', 'It is held: nothing of it is erased until it is released.');
  return null;
}
