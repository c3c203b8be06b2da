import type { Day, Region, RosterDayCount } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import type { MonthLinesOf } from './read-month-lines.ts';
import { rosterGround } from './roster-ground.ts';

interface CountRow extends RosterDayCount {
  readonly region: Region;
  readonly day: Day;
}

/** Region → day → what the patterns ask for and what of it nobody holds; days that ask for nothing are missing. */
export async function readDayLines(
  db: Queryable,
  { regions, from, to }: MonthLinesOf,
): Promise<ReadonlyMap<Region, ReadonlyMap<Day, RosterDayCount>>> {
  const [first] = regions;
  const last = regions.at(-1);
  if (first === undefined || last === undefined) return new Map();
  const { rows } = await db.query<CountRow>(
    `${rosterGround}
     select w.region, left(w.shift, 10) as day, count(*)::int as required,
       count(g.shift)::int as gaps
     from wanted w left join gap g using (region, post, shift)
     where w.region = any ($5::text[])
     group by w.region, left(w.shift, 10)`,
    // The range ends after the last village: no code lies between it and itself with an ending.
    [first, `${last}~`, from, to, regions],
  );
  const byRegion = Map.groupBy(rows, ({ region }) => region);
  return new Map(
    [...byRegion].map(([region, own]) => [
      region,
      new Map(own.map(({ day, required, gaps }) => [day, { required, gaps }])),
    ]),
  );
}
