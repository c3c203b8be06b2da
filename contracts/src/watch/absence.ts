import type { ShiftKey } from '../shift.ts';

/*
 * 外出, what pages need of it: no schemas here, so that a page does not carry the schema language. Why somebody is
 * away is asked of nobody.
 */

export const absenceLimits = {
  /** Of one absence, the first and last included. */
  days: 92,
  /** It begins at most so many days from today. */
  aheadDays: 366,
  /** Those a terminal is told of: its newest. */
  perTerminal: 20,
  /** One that is over is told so long. */
  endedDays: 30,
} as const;

/** Everything said about one absence: terminals and centre write into the same. */
export function absenceStream(region: string, absenceId: string): string {
  return `absence/${region}/${absenceId}`;
}

/** Somebody who is away from one day to another, both included. */
export interface Away {
  readonly personId: string;
  readonly from: string;
  readonly to: string;
}

/** Whether somebody is away when a shift begins: a night belongs to the day it began. */
export function isAway(away: readonly Away[], personId: string, shift: ShiftKey): boolean {
  const day = shift.slice(0, 10);
  return away.some((each) => each.personId === personId && each.from <= day && day <= each.to);
}

export type AbsenceFault =
  | 'absence-backwards'
  | 'absence-too-long'
  | 'absence-past'
  | 'absence-too-far';

/** Why these days cannot be an absence as seen from today; null = they can. */
export function faultOfDays(
  { from, to }: Pick<Away, 'from' | 'to'>,
  today: string,
): AbsenceFault | null {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  if (Temporal.PlainDate.compare(first, last) > 0) return 'absence-backwards';
  if (first.until(last).days >= absenceLimits.days) return 'absence-too-long';
  if (to < today) return 'absence-past';
  const ahead = Temporal.PlainDate.from(today).until(first).days;
  return ahead > absenceLimits.aheadDays ? 'absence-too-far' : null;
}
