import {
  dutyPosts,
  isAway,
  type Away,
  type DutyPost,
  type RosterPattern,
  type RosterPatterns,
  type RosterSlot,
  type ShiftKey,
} from '@sightline/contracts';
import type { KnownDay } from './day-kind.ts';
import { openTurns, type Turns } from './roster-turns.ts';
import { placeOf, watchShiftsInARow } from './roster-places.ts';

export interface RosterPlan {
  /** The active people of the village, in the order of the list. */
  readonly people: readonly string[];
  readonly patterns: RosterPatterns;
  /** In order, without holes. */
  readonly days: readonly KnownDay[];
  /** What stands, also of some weeks before the first day: turns go on where they ended. */
  readonly slots: readonly RosterSlot[];
  /** Who is away, and when. */
  readonly away: readonly Away[];
  readonly mode: 'fill' | 'replace';
}

/** What stands for those days from now on, and how many shifts of the patterns stay empty. */
export interface GeneratedRoster {
  readonly slots: readonly RosterSlot[];
  readonly gaps: number;
}

/**
 * 生成值班表. Fills the patterns' posts day by day: whoever had the fewest turns comes next, in the order of
 * the list; whoever is away stands nowhere, and makes up for nothing afterwards; nobody stands on two posts at once, and nobody watches more than 24 hours in a row (then
 * the shift stays empty). The same plan gives the same roster.
 */
export function generateRoster(plan: RosterPlan): GeneratedRoster {
  const own = new Set(plan.days.map(({ day }) => day));
  const isOwn = ({ shift }: RosterSlot) => own.has(shift.slice(0, 10));
  const stays = (slot: RosterSlot) =>
    plan.mode === 'replace'
      ? plan.patterns[slot.post] === undefined
      : plan.people.includes(slot.personId) && !isAway(plan.away, slot.personId, slot.shift);
  const table = new Map(
    plan.slots
      .filter((slot) => !isOwn(slot) || stays(slot))
      .map((slot) => [placeOf(slot.post, slot.shift), slot]),
  );
  const turns = openTurns(
    plan.slots.filter((slot) => !isOwn(slot)),
    [...table.values()].filter(isOwn),
    plan.days,
  );
  let gaps = 0;
  for (const known of plan.days) {
    for (const post of dutyPosts) {
      const pattern = plan.patterns[post];
      if (pattern?.dayKinds.includes(known.kind) !== true) continue;
      gaps += fillDay({ plan, table, turns }, { known, post, pattern });
    }
    nameFallbacks(plan, table, known.day);
  }
  return { slots: [...table.values()].filter(isOwn), gaps };
}

interface Filling {
  readonly plan: RosterPlan;
  readonly table: Map<string, RosterSlot>;
  readonly turns: Turns;
}

interface DayOfPost {
  readonly known: KnownDay;
  readonly post: DutyPost;
  readonly pattern: RosterPattern;
}

/** Fills one post of one day; returns how many of its shifts nobody can hold. */
function fillDay({ plan, table, turns }: Filling, { known, post, pattern }: DayOfPost): number {
  const eligible = eligibleFor(pattern, plan.people);
  let gaps = 0;
  for (const [role, shifts] of rolesOf(pattern, known.day).entries()) {
    const empty = shifts.filter((shift) => !table.has(placeOf(post, shift)));
    if (empty.length === 0) continue;
    const isOut = (person: string) => empty.some((shift) => isAway(plan.away, person, shift));
    const free = eligible.filter(
      (person) => !isOut(person) && isFree(table, { person, post, shifts: empty }),
    );
    const turn = { post, role, known, isWeekly: pattern.rotation === 'weekly' };
    const personId = turns.next(turn, eligible, free);
    turns.excuse(turn, eligible, isOut);
    if (personId === null) {
      gaps += empty.length;
      continue;
    }
    for (const shift of empty) {
      table.set(placeOf(post, shift), { post, shift, personId, fallbackId: null });
    }
  }
  return gaps;
}

/** Those of the pattern who are still on the list. */
export function eligibleFor(pattern: RosterPattern, people: readonly string[]): readonly string[] {
  return pattern.people === null ? people : pattern.people.filter((each) => people.includes(each));
}

/** The shifts of a day as its people hold them: one person each. */
export function rolesOf({ shifts }: Pick<RosterPattern, 'shifts'>, day: string): ShiftKey[][] {
  const [light, dark] = [`${day}/day`, `${day}/night`];
  if (shifts === 'full') return [[light, dark]];
  if (shifts === 'day-and-night') return [[light], [dark]];
  return [[shifts === 'day' ? light : dark]];
}

function isFree(
  table: ReadonlyMap<string, RosterSlot>,
  asked: { readonly person: string; readonly post: DutyPost; readonly shifts: readonly ShiftKey[] },
): boolean {
  const { person, post, shifts } = asked;
  const isElsewhere = shifts.some((shift) =>
    dutyPosts.some((other) => table.get(placeOf(other, shift))?.personId === person),
  );
  if (isElsewhere) return false;
  return post !== 'watch' || watchShiftsInARow(table, { person, shifts }) <= 2;
}

/** 备班. Whoever is next on the list and on no post then; if possible nobody else's fallback. */
function nameFallbacks(plan: RosterPlan, table: Map<string, RosterSlot>, day: string): void {
  for (const shift of [`${day}/day`, `${day}/night`]) {
    const held = dutyPosts.flatMap((post) => table.get(placeOf(post, shift)) ?? []);
    const busy = new Set(held.map(({ personId }) => personId));
    const taken = new Set(held.map(({ fallbackId }) => fallbackId));
    for (const slot of held) {
      const pattern = plan.patterns[slot.post];
      const isNamed = slot.fallbackId !== null && !isAway(plan.away, slot.fallbackId, shift);
      if (isNamed || pattern === undefined) continue;
      const ring = ringAfter(eligibleFor(pattern, plan.people), slot.personId);
      const free = ring.filter((person) => !busy.has(person) && !isAway(plan.away, person, shift));
      const fallbackId = free.find((person) => !taken.has(person)) ?? free[0] ?? null;
      table.set(placeOf(slot.post, shift), { ...slot, fallbackId });
      taken.add(fallbackId);
    }
  }
}

/** The list from the person after this one on, around to them; from the top where they are not on it. */
export function ringAfter(people: readonly string[], person: string | null): readonly string[] {
  const at = person === null ? -1 : people.indexOf(person);
  return [...people.slice(at + 1), ...people.slice(0, at + 1)];
}
