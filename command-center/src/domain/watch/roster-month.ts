import {
  dutyPosts,
  isAway,
  type Away,
  type CalendarDayView,
  type DutyPost,
  type RosterPatterns,
  type RosterSlot,
  type ShiftKey,
  type VillageRosterView,
} from '@sightline/contracts';
import { isOver } from './edit-roster.ts';
import { rolesOf } from './generate-roster.ts';
import { neighbourOf, placeOf } from './roster-places.ts';

/** 空岗, 一人两岗, 连续超过 24 小时, 人员已停用, 人员外出. What is wrong with one half of a day. */
export type HalfFault = 'gap' | 'two-posts' | 'too-long' | 'left' | 'away';

/** 半天. One post of one shift, as a page shows it. */
export interface RosterHalf {
  readonly shift: ShiftKey;
  readonly name: 'day' | 'night';
  readonly slot: RosterSlot | null;
  /** Null = nothing is wrong, or the shift is over. */
  readonly fault: HalfFault | null;
  readonly isOver: boolean;
}

/** One post of a day. */
export interface RosterLine {
  readonly post: DutyPost;
  readonly day: RosterHalf;
  readonly night: RosterHalf;
  /** One person holds both. */
  readonly isWhole: boolean;
}

export interface RosterDay extends CalendarDayView {
  readonly lines: readonly RosterLine[];
}

type Month = Pick<VillageRosterView, 'days' | 'slots' | 'patterns' | 'people' | 'away'>;

/** 月历. The days of a month with all posts, and what is wrong with those that are not over. */
export function rosterDays(month: Month, now: Temporal.Instant): RosterDay[] {
  const ground = openGround(month, now);
  return month.days.map((known) => ({
    ...known,
    lines: dutyPosts.map((post) => lineOf(ground, known, post)),
  }));
}

interface Ground {
  readonly table: ReadonlyMap<string, RosterSlot>;
  /** `person shift` → on how many posts. */
  readonly posts: ReadonlyMap<string, number>;
  readonly left: ReadonlySet<string>;
  readonly away: readonly Away[];
  readonly patterns: RosterPatterns;
  readonly now: Temporal.Instant;
}

function openGround({ slots, people, patterns, away }: Month, now: Temporal.Instant): Ground {
  const posts = new Map<string, number>();
  for (const { personId, shift } of slots) {
    const key = `${personId} ${shift}`;
    posts.set(key, (posts.get(key) ?? 0) + 1);
  }
  return {
    table: new Map(slots.map((slot) => [placeOf(slot.post, slot.shift), slot])),
    posts,
    left: new Set(people.filter(({ isActive }) => !isActive).map(({ personId }) => personId)),
    away,
    patterns,
    now,
  };
}

function lineOf(ground: Ground, { day, kind }: CalendarDayView, post: DutyPost): RosterLine {
  const pattern = ground.patterns[post];
  const wanted =
    pattern?.dayKinds.includes(kind) === true ? new Set(rolesOf(pattern, day).flat()) : new Set();
  const halfOf = (name: 'day' | 'night'): RosterHalf => {
    const shift: ShiftKey = `${day}/${name}`;
    const slot = ground.table.get(placeOf(post, shift)) ?? null;
    const over = isOver(shift, ground.now);
    const bare = slot === null && wanted.has(shift) ? 'gap' : null;
    const fault = over ? null : slot === null ? bare : faultOf(ground, slot);
    return { shift, name, slot, fault, isOver: over };
  };
  const [light, dark] = [halfOf('day'), halfOf('night')];
  return {
    post,
    day: light,
    night: dark,
    isWhole: light.slot !== null && light.slot.personId === dark.slot?.personId,
  };
}

function faultOf({ left, away, posts, table }: Ground, slot: RosterSlot): HalfFault | null {
  const { personId, shift, post } = slot;
  if (left.has(personId)) return 'left';
  if (isAway(away, personId, shift)) return 'away';
  if ((posts.get(`${personId} ${shift}`) ?? 0) > 1) return 'two-posts';
  if (post !== 'watch') return null;
  const before = neighbourOf(shift, -1);
  const isThird = [before, neighbourOf(before, -1)].every(
    (each) => table.get(placeOf('watch', each))?.personId === personId,
  );
  return isThird ? 'too-long' : null;
}

/** Monday first; null = a day of another month. */
export function weeksOf<T extends { readonly day: string }>(
  days: readonly T[],
): (readonly (T | null)[])[] {
  const [first] = days;
  if (first === undefined) return [];
  const blanks = Temporal.PlainDate.from(first.day).dayOfWeek - 1;
  const cells = [...Array.from({ length: blanks }, () => null), ...days];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, column) => cells[week * 7 + column] ?? null),
  );
}
