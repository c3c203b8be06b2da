import { createHash } from 'node:crypto';
import {
  dutyPosts,
  packRoster,
  shiftAt,
  type Day,
  type GeneratedVillage,
  type Region,
  type RosterSlot,
  type RosterWindow,
} from '@sightline/contracts';
import {
  readAway,
  readCalendar,
  readPatterns,
  readRoster,
  rosterPeople,
  type Queryable,
  type VillageRoster,
} from '@sightline/store';
import { knownDays } from '#domain/watch/day-kind.ts';
import { countChanges, hasBegun, keepFixed } from '#domain/watch/edit-roster.ts';
import { generateRoster } from '#domain/watch/generate-roster.ts';

/** What would stand in one village, and how much of it is new. */
export interface PlannedVillage extends VillageRoster {
  readonly changed: number;
  readonly gaps: number;
}

export interface PlanOf {
  /** A township or village: all of it lies in one county. */
  readonly scope: Region;
  readonly from: Day;
  readonly days: number;
  readonly mode: 'fill' | 'replace';
  readonly now: Temporal.Instant;
}

/** Turns go on where they ended within so many days before. */
const daysLookedBack = 42;

/** Generates the roster of every village of the scope that has a pattern; writes nothing. */
export async function planRosters(db: Queryable, plan: PlanOf): Promise<PlannedVillage[]> {
  const span = fromNow(plan);
  if (span === null) return [];
  const first = Temporal.PlainDate.from(span.from);
  const to = first.add({ days: span.days - 1 }).toString();
  const { scope } = plan;
  const before = first.subtract({ days: daysLookedBack }).toString();
  const stored = await readRoster(db, { scope, from: before, to });
  const slots = Map.groupBy(stored, ({ region }) => region);
  const people = await rosterPeople(db, scope);
  const days = knownDays(span, await readCalendar(db, { region: scope, from: span.from, to }));
  const patterns = await readPatterns(db, scope);
  const gone = await readAway(db, { regions: [...patterns.keys()], from: span.from, to });
  const away = Map.groupBy(gone, ({ region }) => region);
  return [...patterns]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, own]) => {
      const posts = dutyPosts.filter((post) => own[post] !== undefined);
      const known: readonly RosterSlot[] = slots.get(region) ?? [];
      const made = generateRoster({
        people: people.get(region) ?? [],
        patterns: own,
        days,
        slots: known,
        away: away.get(region) ?? [],
        mode: plan.mode,
      });
      const window = { ...span, posts };
      const was = within(window, known);
      const is = keepFixed(was, within(window, made.slots), (shift) => hasBegun(shift, plan.now));
      return { region, window, slots: is, changed: countChanges(was, is), gaps: made.gaps };
    });
}

/** The days from the one whose shift runs now on; null = all of them are past. */
function fromNow({
  from,
  days,
  now,
}: PlanOf): { readonly from: Day; readonly days: number } | null {
  const today = shiftAt(now).key.slice(0, 10);
  if (from >= today) return { from, days };
  const past = Temporal.PlainDate.from(from).until(today).days;
  return past >= days ? null : { from: today, days: days - past };
}

function within({ from, days, posts }: RosterWindow, slots: readonly RosterSlot[]): RosterSlot[] {
  const end = Temporal.PlainDate.from(from).add({ days }).toString();
  return slots
    .filter(({ post, shift }) => posts.includes(post) && shift >= from && shift < end)
    .map(({ post, shift, personId, fallbackId }) => ({ post, shift, personId, fallbackId }));
}

/** As the page is shown it, with the digest by which it is applied. */
export function showPlan(planned: readonly PlannedVillage[]): {
  readonly digest: string;
  readonly villages: readonly GeneratedVillage[];
} {
  const villages = planned.map(({ region, window, slots, changed, gaps }) => ({
    region,
    changed,
    gaps,
    roster: packRoster(slots, window),
  }));
  const digest = createHash('sha256').update(JSON.stringify(villages)).digest('base64url');
  return { digest, villages };
}
