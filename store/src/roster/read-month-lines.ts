import type { Day, Region, RosterMonthLine } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { rosterGround } from './roster-ground.ts';

export interface MonthLinesOf {
  /** In order of code. */
  readonly regions: readonly Region[];
  readonly from: Day;
  /** Inclusive. */
  readonly to: Day;
}

/** How the rosters of these villages stand on those days, one line a village; names nobody. */
export async function readMonthLines(
  db: Queryable,
  { regions, from, to }: MonthLinesOf,
): Promise<RosterMonthLine[]> {
  const [first] = regions;
  const last = regions.at(-1);
  if (first === undefined || last === undefined) return [];
  const { rows } = await db.query<RosterMonthLine>(
    `${rosterGround}, need as (
       select w.region, count(*)::int as required, count(r.person_id)::int as covered from wanted w
         left join roster_slot r on r.region = w.region and r.post = w.post and r.shift = w.shift
       group by w.region
     ), wrong as (
       select h.region, count(*) filter (where is_twice or is_long)::int as doubles,
         count(*) filter (where p.slot is null)::int as "left"
       from held h join person p using (person_id) group by h.region
     )
     select v.region, coalesce(required, 0) as required, coalesce(covered, 0) as covered,
       coalesce(required - covered, 0) as gaps, coalesce(doubles, 0) as doubles,
       coalesce("left", 0) as "left"
     from unnest($5::text[]) as v (region) left join need using (region) left join wrong using (region)
     order by v.region`,
    // The range ends after the last village: no code lies between it and itself with an ending.
    [first, `${last}~`, from, to, regions],
  );
  return rows;
}
