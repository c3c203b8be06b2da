import {
  dayOfShift,
  isAway,
  refuse,
  rosterDaysPacked,
  shiftFromKey,
  type Away,
  type Refusal,
  type RosterSlot,
  type RosterWindow,
  type ShiftKey,
  type SlotEdit,
} from '@sightline/contracts';
import { placeOf } from './roster-places.ts';

export function isOver(shift: ShiftKey, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(shiftFromKey(shift).to, now) <= 0;
}

export function hasBegun(shift: ShiftKey, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(shiftFromKey(shift).from, now) <= 0;
}

/** The days and posts some cells lie in; refused where they are too far apart for one change. */
export function windowAround(
  cells: readonly Pick<RosterSlot, 'post' | 'shift'>[],
): RosterWindow | Refusal {
  const days = cells.map(({ shift }) => dayOfShift(shift)).toSorted();
  const from = days[0] ?? '';
  const last = Temporal.PlainDate.from(days.at(-1) ?? from);
  const count = Temporal.PlainDate.from(from).until(last).days + 1;
  if (count > rosterDaysPacked) {
    return refuse('too-far-apart', `Change at most ${rosterDaysPacked} days at once.`);
  }
  return { from, days: count, posts: [...new Set(cells.map(({ post }) => post))] };
}

/**
 * The slots after some were set or cleared. Refuses `shift-is-over`, `own-fallback`, and `two-posts`
 * where somebody set here stands on another post at that time.
 */
export function editSlots(
  slots: readonly RosterSlot[],
  edits: readonly SlotEdit[],
  now: Temporal.Instant,
): RosterSlot[] | Refusal {
  const over = edits.find(({ shift }) => isOver(shift, now));
  if (over !== undefined) {
    return refuse('shift-is-over', `${over.shift} is over: what stood there stays.`);
  }
  const table = new Map(slots.map((slot) => [placeOf(slot.post, slot.shift), slot]));
  for (const { post, shift, personId, fallbackId } of edits) {
    const place = placeOf(post, shift);
    if (personId === null) table.delete(place);
    else table.set(place, { post, shift, personId, fallbackId });
    if (personId !== null && personId === fallbackId) {
      return refuse('own-fallback', 'Nobody is their own fallback. Name another one, or nobody.');
    }
  }
  const after = [...table.values()];
  const named = new Set(edits.map(({ shift, personId }) => `${personId} ${shift}`));
  return refuseTwoPosts(after, named) ?? after;
}

/** Why somebody may not be put where they were not: they are away then; null = nobody is. */
export function refuseAway(
  before: readonly RosterSlot[],
  edits: readonly Pick<SlotEdit, 'post' | 'shift' | 'personId' | 'fallbackId'>[],
  away: readonly Away[],
): Refusal | null {
  const table = new Map(before.map((slot) => [placeOf(slot.post, slot.shift), slot]));
  for (const { post, shift, personId, fallbackId } of edits) {
    const was = table.get(placeOf(post, shift));
    const put = [
      ...(personId === (was?.personId ?? null) ? [] : [personId]),
      ...(fallbackId === (was?.fallbackId ?? null) ? [] : [fallbackId]),
    ];
    const gone = put.find((each) => each !== null && isAway(away, each, shift));
    if (gone !== undefined) {
      return refuse(
        'person-away',
        `${gone} is away in ${shift}: choose another, or withdraw that.`,
      );
    }
  }
  return null;
}

/** `held`: the `person shift` pairs looked at; null = none of them stands on two posts at once. */
export function refuseTwoPosts(
  slots: readonly RosterSlot[],
  held: ReadonlySet<string>,
): Refusal | null {
  const seen = new Set<string>();
  for (const { shift, personId } of slots) {
    const key = `${personId} ${shift}`;
    if (seen.has(key) && held.has(key)) {
      return refuse('two-posts', `${personId} would stand on two posts in ${shift}.`);
    }
    seen.add(key);
  }
  return null;
}

/** What stands afterwards where some shifts may not be changed any more. */
export function keepFixed(
  before: readonly RosterSlot[],
  after: readonly RosterSlot[],
  isFixed: (shift: ShiftKey) => boolean,
): RosterSlot[] {
  return [
    ...before.filter(({ shift }) => isFixed(shift)),
    ...after.filter(({ shift }) => !isFixed(shift)),
  ];
}

/** How many cells are another person's, another fallback's or nobody's than before. */
export function countChanges(before: readonly RosterSlot[], after: readonly RosterSlot[]): number {
  const wordOf = ({ personId, fallbackId }: RosterSlot) => `${personId} ${fallbackId}`;
  const words = (slots: readonly RosterSlot[]) =>
    new Map(slots.map((slot) => [placeOf(slot.post, slot.shift), wordOf(slot)]));
  const [was, is] = [words(before), words(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (place) => was.get(place) !== is.get(place),
  ).length;
}
