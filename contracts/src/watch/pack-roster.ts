import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import type { ShiftKey } from '../shift.ts';
import { Day, dutyPosts, type DutyPost, type RosterSlot } from './duty.ts';

/** Days a packed roster covers at most: what a terminal without a link knows of the future. */
export const rosterDaysPacked = 62;
/** A village has at most 20 active people, and at most as many again who left within the window. */
const peoplePacked = 60;
const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const nobody = '.';

/** A letter a shift, day and night in turn; a full stop = nobody. */
const Line = Type.String({ pattern: '^[0-9a-zA-Z.]*$', maxLength: 2 * rosterDaysPacked });
const Lines = Type.Object({ holders: Line, fallbacks: Line }, { additionalProperties: false });

/**
 * 值班表 of one village for some days, small enough for a terminal's desired document and for a fact.
 * A post that is missing is not spoken of; one that stands here is given whole for those days.
 */
export const PackedRoster = Type.Object(
  {
    from: Day,
    days: Type.Integer({ minimum: 1, maximum: rosterDaysPacked }),
    people: Type.Array(Type.String({ pattern: uuidPattern }), { maxItems: peoplePacked }),
    posts: Type.Object(
      {
        lead: Type.Optional(Lines),
        watch: Type.Optional(Lines),
        standby: Type.Optional(Lines),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type PackedRoster = Static<typeof PackedRoster>;

export interface RosterWindow {
  readonly from: Day;
  readonly days: number;
  /** The posts spoken of; each is whole for these days. */
  readonly posts: readonly DutyPost[];
}

/** The shifts of some days in order, a day and its night in turn. */
export function shiftsOf({ from, days }: Pick<RosterWindow, 'from' | 'days'>): ShiftKey[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString()).flatMap(
    (day) => [`${day}/day`, `${day}/night`],
  );
}

/**
 * Packs the slots that lie in the window. @throws Error on more people than letters, or on a window
 * longer than `rosterDaysPacked`.
 */
export function packRoster(slots: readonly RosterSlot[], window: RosterWindow): PackedRoster {
  if (window.days > rosterDaysPacked) {
    throw new Error(`${window.days} days are more than the ${rosterDaysPacked} a roster packs.`);
  }
  const shifts = shiftsOf(window);
  const known = new Set(shifts);
  const spoken = slots.filter(({ post, shift }) => known.has(shift) && window.posts.includes(post));
  const people = [
    ...new Set(spoken.flatMap((slot) => [slot.personId, slot.fallbackId ?? slot.personId])),
  ];
  if (people.length > peoplePacked) {
    throw new Error(`${people.length} people are more than the ${peoplePacked} a roster packs.`);
  }
  const letterOf = (id: string | null | undefined): string =>
    typeof id === 'string' ? (letters[people.indexOf(id)] ?? nobody) : nobody;
  const linesOf = (post: DutyPost) => {
    const own = new Map(
      spoken.filter((slot) => slot.post === post).map((slot) => [slot.shift, slot]),
    );
    return {
      holders: shifts.map((shift) => letterOf(own.get(shift)?.personId)).join(''),
      fallbacks: shifts.map((shift) => letterOf(own.get(shift)?.fallbackId)).join(''),
    };
  };
  const posts = Object.fromEntries(window.posts.map((post) => [post, linesOf(post)]));
  return { from: window.from, days: window.days, people, posts };
}

/** The slots of a packed roster, in order of post and time. Letters that name nobody are left out. */
export function unpackRoster(packed: PackedRoster): RosterSlot[] {
  const shifts = shiftsOf(packed);
  const personOf = (letter: string | undefined): string | null =>
    letter === undefined || letter === nobody
      ? null
      : (packed.people[letters.indexOf(letter)] ?? null);
  return dutyPosts.flatMap((post) => {
    const lines = packed.posts[post];
    if (lines === undefined) return [];
    return shifts.flatMap((shift, index) => {
      const personId = personOf(lines.holders[index]);
      if (personId === null) return [];
      return [{ post, shift, personId, fallbackId: personOf(lines.fallbacks[index]) }];
    });
  });
}

/** What the packed roster speaks of. */
export function windowOf({ from, days, posts }: PackedRoster): RosterWindow {
  return { from, days, posts: dutyPosts.filter((post) => posts[post] !== undefined) };
}
