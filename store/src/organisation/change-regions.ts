import { regionRange, type Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

export interface StoredDivision {
  readonly region: Region;
  readonly name: string;
  readonly endedOn: string | null;
  readonly mergedInto: Region | null;
}

export interface StoredPlacing {
  readonly organisationId: string;
  readonly region: Region;
  readonly fromDay: string;
  readonly toDay: string | null;
}

/** What a change of regions is decided on; held until the end of the transaction. */
export interface HeldRegions {
  readonly divisions: readonly StoredDivision[];
  readonly placings: readonly StoredPlacing[];
  /** Villages with a live device key or active people. */
  readonly occupied: readonly Region[];
}

/** Reads every division of the prefecture, and who stands or works in these regions. */
export async function holdRegions(
  client: Client,
  regions: readonly Region[],
): Promise<HeldRegions> {
  await client.query('lock table division, organisation_region in share row exclusive mode');
  const divisions = await client.query<StoredDivision>(
    `select region, name, ended_on::text as "endedOn", merged_into as "mergedInto" from division`,
  );
  const ranges = regions.map(regionRange);
  const values = [ranges.map(({ from }) => from), ranges.map(({ to }) => to)];
  const within = (column: string) =>
    `exists (select from unnest($1::text[], $2::text[]) as s (a, b)
             where ${column} >= s.a and ${column} < s.b)`;
  const placings = await client.query<StoredPlacing>(
    `select organisation_id as "organisationId", region, from_day::text as "fromDay",
            to_day::text as "toDay"
     from organisation_region
     where organisation_id in (select organisation_id from organisation_region r
                               where r.to_day is null and ${within('r.region')})
     order by organisation_id, from_day`,
    values,
  );
  const occupied = await client.query<{ region: string }>(
    `select region from person where slot is not null and ${within('region')}
     union
     select t.region from terminal t join terminal_source s using (terminal_id)
     where s.revoked_at is null and ${within('t.region')}`,
    values,
  );
  return {
    divisions: divisions.rows,
    placings: placings.rows,
    occupied: occupied.rows.map(({ region }) => region),
  };
}

/** Writes a decided change: new divisions, ended ones, and where the organisations stand from the day on. */
export async function applyRegionChange(
  client: Client,
  change: {
    readonly day: string;
    readonly added: readonly { readonly region: Region; readonly name: string }[];
    readonly ended: readonly { readonly region: Region; readonly into: Region }[];
    readonly moves: readonly { readonly organisationId: string; readonly region: Region }[];
  },
): Promise<void> {
  for (const { region, name } of change.added) {
    // Parents come first, so each one stands already.
    await client.query(
      `insert into division (region, name, parent)
       values ($1, $2, (select max(p.region) from division p
                        where starts_with($1, p.region) and p.region <> $1))`,
      [region, name],
    );
  }
  await client.query(
    `update division d set ended_on = $3, merged_into = e.into_region
     from unnest($1::text[], $2::text[]) as e (region, into_region) where d.region = e.region`,
    [change.ended.map(({ region }) => region), change.ended.map(({ into }) => into), change.day],
  );
  const ids = change.moves.map(({ organisationId }) => organisationId);
  await client.query(
    `update organisation_region set to_day = $2 where organisation_id = any ($1) and to_day is null`,
    [ids, change.day],
  );
  await client.query(
    `insert into organisation_region (organisation_id, region, from_day)
     select id, region, $3 from unnest($1::uuid[], $2::text[]) as m (id, region)`,
    [ids, change.moves.map(({ region }) => region), change.day],
  );
}
