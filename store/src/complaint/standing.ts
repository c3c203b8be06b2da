import { answerDueAt, type ComplaintStanding } from '@sightline/contracts';
import { factInstant } from '#register/add-people.ts';
import type { StandingRow } from './read-complaints.ts';

/** What is told of a complaint, with its clock. */
export function standingOf(row: StandingRow, answerDays: number): ComplaintStanding {
  const { complaintId, kind, state, raisedAt, dueFrom, answers, hasBeenReopened } = row;
  return {
    complaintId,
    kind,
    state,
    raisedAt,
    dueAt: dueAtOf({ state, dueFrom }, answerDays),
    answers: [...answers],
    mayReopen: state === 'answered' && !hasBeenReopened,
  };
}

/** Null where an answer was given. */
export function dueAtOf(
  { state, dueFrom }: Pick<StandingRow, 'state' | 'dueFrom'>,
  answerDays: number,
): string | null {
  if (state === 'answered') return null;
  return factInstant(answerDueAt(Temporal.Instant.from(dueFrom), answerDays));
}
