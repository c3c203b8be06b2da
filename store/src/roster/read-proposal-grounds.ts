import type { Away, Day, Region, RosterPatterns, RosterSlot } from '@sightline/contracts';
import { readAway } from '#absence/absence.ts';
import type { Queryable } from '#engine/store.ts';

/** What a proposal in a village stands on. */
export interface ProposalVillage {
  /** The active people, in the order of the list. */
  readonly people: readonly string[];
  readonly patterns: RosterPatterns;
  readonly slots: readonly RosterSlot[];
  /** Who is away on any of those days. */
  readonly away: readonly Away[];
}

/** A village and the days whose slots are asked for, the last one inclusive. */
export interface VillageDays {
  readonly region: Region;
  readonly from: Day;
  readonly to: Day;
}

/** Of many villages, in four statements whatever their number. */
export async function readProposalGrounds(
  db: Queryable,
  asked: readonly VillageDays[],
): Promise<Map<Region, ProposalVillage>> {
  const regions = asked.map(({ region }) => region);
  const people = await db.query<{ region: Region; people: string[] }>(
    `select region, array_agg(person_id::text order by slot) as people from person
     where slot is not null and region = any ($1) group by region`,
    [regions],
  );
  const patterns = await db.query<{ region: Region; patterns: RosterPatterns }>(
    `select region, jsonb_object_agg(post, pattern) as patterns from roster_pattern
     where region = any ($1) group by region`,
    [regions],
  );
  const slots = await db.query<RosterSlot & { readonly region: Region }>(
    `select s.region, s.post, s.shift, s.person_id as "personId", s.fallback_id as "fallbackId"
     from unnest($1::text[], $2::text[], $3::text[]) as g (region, first, last)
     join roster_slot s on s.region = g.region and s.shift >= g.first and s.shift <= g.last || '/night'
     order by s.region, s.shift, s.post`,
    [regions, asked.map(({ from }) => from), asked.map(({ to }) => to)],
  );
  const days = asked.flatMap(({ from, to }) => [from, to]).toSorted();
  const span = { regions, from: days[0] ?? '', to: days.at(-1) ?? '' };
  const awayOf = Map.groupBy(await readAway(db, span), ({ region }) => region);
  const peopleOf = new Map(people.rows.map((row) => [row.region, row.people]));
  const patternsOf = new Map(patterns.rows.map((row) => [row.region, row.patterns]));
  const slotsOf = Map.groupBy(slots.rows, ({ region }) => region);
  return new Map(
    regions.map((region) => [
      region,
      {
        people: peopleOf.get(region) ?? [],
        patterns: patternsOf.get(region) ?? {},
        slots: slotsOf.get(region) ?? [],
        away: awayOf.get(region) ?? [],
      },
    ]),
  );
}
