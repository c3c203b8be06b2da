import {
  isAway,
  type Away,
  type DutyPost,
  type RosterPattern,
  type RosterSlot,
  type ShiftKey,
} from '@sightline/contracts';
import { eligibleFor, ringAfter } from './generate-roster.ts';
import { placeOf, watchShiftsInARow } from './roster-places.ts';

export interface TroubledCell {
  readonly post: DutyPost;
  readonly shift: ShiftKey;
  /** Who stands there and cannot; null = nobody does. */
  readonly personId: string | null;
}

export interface ProposalGround {
  /** The active people of the village, in the order of the list. */
  readonly people: readonly string[];
  readonly pattern: RosterPattern | undefined;
  /** The village's slots of that day and the days beside it. */
  readonly slots: readonly RosterSlot[];
  readonly away: readonly Away[];
}

/**
 * 备班建议. Who could stand there instead: the fallback named for it, else the next on the list; free and not
 * away in that shift, and not watching more than 24 hours in a row by it. Null = nobody of the village could.
 */
export function proposeFallback(
  { post, shift, personId }: TroubledCell,
  { people, pattern, slots, away }: ProposalGround,
): string | null {
  const table = new Map(slots.map((slot) => [placeOf(slot.post, slot.shift), slot]));
  const busy = new Set(slots.filter((slot) => slot.shift === shift).map((slot) => slot.personId));
  const eligible = pattern === undefined ? people : eligibleFor(pattern, people);
  const named = table.get(placeOf(post, shift))?.fallbackId ?? null;
  const before = personId ?? lastHolder(slots, { post, shift });
  const ring = [...(named === null ? [] : [named]), ...ringAfter(eligible, before)];
  const isFree = (person: string): boolean =>
    people.includes(person) &&
    !busy.has(person) &&
    !isAway(away, person, shift) &&
    (post !== 'watch' || watchShiftsInARow(table, { person, shifts: [shift] }) <= 2);
  return ring.find(isFree) ?? null;
}

function lastHolder(
  slots: readonly RosterSlot[],
  { post, shift }: Pick<TroubledCell, 'post' | 'shift'>,
): string | null {
  const before = slots.filter((slot) => slot.post === post && slot.shift < shift);
  return before.toSorted((a, b) => (a.shift < b.shift ? 1 : -1))[0]?.personId ?? null;
}
