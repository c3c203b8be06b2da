import {
  dayOfShift,
  unpackRoster,
  windowOf,
  type FactData,
  type Region,
  type RosterChange,
  type RosterSlot,
  type RosterWindow,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { dutyRosterStream } from './change-roster.ts';

/** The last change of a village's roster. */
export interface LastRosterChange {
  readonly position: number;
  readonly why: RosterChange;
  readonly at: string;
  readonly window: RosterWindow;
}

/** The last change of a village's roster; null = none yet. */
export async function lastRosterChange(
  db: Queryable,
  region: Region,
): Promise<LastRosterChange | null> {
  const [last] = await changesOf(db, region, 1);
  if (last === undefined) return null;
  const { position, at, data } = last;
  return { position, at, why: data.change, window: windowOf(data.roster) };
}

/**
 * What stood for the last change's posts and days before it, told from the log. Null where there is no
 * change, or where the changes before it lie too far back to be looked through.
 */
export async function rosterBefore(
  db: Queryable,
  region: Region,
): Promise<readonly RosterSlot[] | null> {
  const changes = await changesOf(db, region, limits.rosterChangesRead);
  const [last, ...earlier] = changes;
  if (last === undefined) return null;
  const open = new Set(cellsOf(windowOf(last.data.roster)));
  const before: RosterSlot[] = [];
  for (const { data } of earlier) {
    // The newest that speaks of a day of a post tells how it stood.
    const told = cellsOf(windowOf(data.roster)).filter((cell) => open.has(cell));
    const known = new Set(told);
    before.push(
      ...unpackRoster(data.roster).filter(({ post, shift }) =>
        known.has(`${post} ${dayOfShift(shift)}`),
      ),
    );
    for (const cell of told) open.delete(cell);
    if (open.size === 0) return before;
  }
  return changes.length < limits.rosterChangesRead ? before : null;
}

function cellsOf({ from, days, posts }: RosterWindow): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString()).flatMap(
    (day) => posts.map((post) => `${post} ${day}`),
  );
}

interface StoredChange {
  readonly position: number;
  readonly at: string;
  readonly data: FactData<'roster.changed'>;
}

/** Newest first. */
async function changesOf(db: Queryable, region: Region, count: number): Promise<StoredChange[]> {
  const { rows } = await db.query<StoredChange>(
    `select position, body::json ->> 'at' as at, body::json -> 'data' as data from log
     where stream = $1 and body::json ->> 'type' = 'roster.changed' order by position desc limit $2`,
    [dutyRosterStream(region), count],
  );
  return rows;
}
