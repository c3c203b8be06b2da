import type { DutyPost, RosterSlot } from '@sightline/contracts';
import type { KnownDay } from './day-kind.ts';

/** Whose turn it is: one role of a post on one day. */
export interface Turn {
  readonly post: DutyPost;
  /** 0, or 1 for the night of two people. */
  readonly role: number;
  readonly known: KnownDay;
  readonly isWeekly: boolean;
}

export interface Turns {
  /** The next of those who are free, and counts their turn; null = nobody is. */
  readonly next: (
    turn: Turn,
    eligible: readonly string[],
    free: readonly string[],
  ) => string | null;
  /** Whoever is away then has no fewer turns of that post than the others: they need not make up for it. */
  readonly excuse: (
    turn: Turn,
    eligible: readonly string[],
    isAway: (person: string) => boolean,
  ) => void;
}

interface Tally {
  readonly counts: Map<string, number>;
  readonly holidays: Map<string, number>;
  /** When somebody last had a turn: the higher, the later. */
  readonly last: Map<string, number>;
}

/** Remembers who had how many turns: those before only by their order, those of these days counted. */
export function openTurns(
  before: readonly RosterSlot[],
  standing: readonly RosterSlot[],
  days: readonly KnownDay[],
): Turns {
  const tallies = new Map<DutyPost, Tally>();
  const weekly = new Map<string, string>();
  const holidays = new Set(days.filter(({ kind }) => kind === 'holiday').map(({ day }) => day));
  let clock = 0;
  const tallyOf = (post: DutyPost): Tally => {
    const known = tallies.get(post) ?? { counts: new Map(), holidays: new Map(), last: new Map() };
    tallies.set(post, known);
    return known;
  };
  const count = (post: DutyPost, person: string, isHoliday: boolean): void => {
    const tally = tallyOf(post);
    add(tally.counts, person);
    if (isHoliday) add(tally.holidays, person);
    tally.last.set(person, (clock += 1));
  };
  for (const { post, shift, personId } of before.toSorted(byShift)) {
    tallyOf(post).last.set(personId, (clock += 1));
    const role = shift.endsWith('/night') ? 1 : 0;
    weekly.set(`${post} ${role} ${weekOf(shift.slice(0, 10))}`, personId);
  }
  for (const { post, personId, shift } of standing.toSorted(byShift)) {
    count(post, personId, holidays.has(shift.slice(0, 10)));
  }
  return {
    next: ({ post, role, known, isWeekly }, eligible, free) => {
      const week = `${post} ${role} ${weekOf(known.day)}`;
      const held = isWeekly ? weekly.get(week) : undefined;
      if (held !== undefined && free.includes(held)) return held;
      const isHoliday = known.kind === 'holiday';
      const person = choose(tallyOf(post), { eligible, free, isHoliday });
      if (person === null) return null;
      count(post, person, isHoliday);
      // Somebody who stands in for a day does not become the week's.
      if (isWeekly && held === undefined) weekly.set(week, person);
      return person;
    },
    excuse: ({ post }, eligible, isAway) => {
      const { counts } = tallyOf(post);
      const countOf = (person: string) => counts.get(person) ?? 0;
      const here = eligible.filter((person) => !isAway(person)).map(countOf);
      if (here.length === 0) return;
      const least = Math.min(...here);
      for (const person of eligible.filter(isAway)) {
        counts.set(person, Math.max(countOf(person), least));
      }
    },
  };
}

function choose(
  { counts, holidays, last }: Tally,
  {
    eligible,
    free,
    isHoliday,
  }: {
    readonly eligible: readonly string[];
    readonly free: readonly string[];
    readonly isHoliday: boolean;
  },
): string | null {
  const rank = (person: string): readonly number[] => [
    counts.get(person) ?? 0,
    isHoliday ? (holidays.get(person) ?? 0) : 0,
    last.get(person) ?? 0,
    eligible.indexOf(person),
  ];
  return free.toSorted((a, b) => compare(rank(a), rank(b)))[0] ?? null;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function add(counts: Map<string, number>, person: string): void {
  counts.set(person, (counts.get(person) ?? 0) + 1);
}

/** A day sorts before its night as the words do. */
function byShift(a: RosterSlot, b: RosterSlot): number {
  return a.shift < b.shift ? -1 : a.shift > b.shift ? 1 : 0;
}

/** The Monday of a day's week. */
function weekOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}
