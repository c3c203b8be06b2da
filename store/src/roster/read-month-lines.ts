import type { Day, Region, RosterMonthLine } from '@sightline/contracts';
import { awayWhen } from '#absence/absence.ts';
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
       select region, count(*)::int as required from wanted group by region
     ), bare as (
       select region, count(*)::int as gaps from gap group by region
     ), crossed as (
       select region, count(*)::int as doubles
       from (select region, post, shift from twice union select region, post, shift from long) as c
       group by region
     ), gone as (
       select h.region, count(*)::int as "left" from held h join person p using (person_id)
       where p.slot is null group by h.region
     ), out as (
       select h.region, count(*)::int as away from held h
       where ${awayWhen('h.person_id', 'h.shift')} group by h.region
     )
     select v.region, coalesce(required, 0) as required,
       coalesce(required, 0) - coalesce(gaps, 0) as covered, coalesce(gaps, 0) as gaps,
       coalesce(doubles, 0) as doubles, coalesce("left", 0) as "left", coalesce(away, 0) as away
     from unnest($5::text[]) as v (region) left join need using (region) left join bare using (region)
       left join crossed using (region) left join gone using (region)
       left join out using (region)
     order by v.region`,
    // The range ends after the last village: no code lies between it and itself with an ending.
    [first, `${last}~`, from, to, regions],
  );
  return rows;
}
