import { regionRange, type Region } from '@sightline/contracts';
import { prefecture5402, type Division } from '@sightline/contracts/divisions';
import type { Queryable } from '#engine/store.ts';

/** Writes the divisions, parents first; renames those that are there. 1,918 rows take about 50 ms. */
export async function seedDivisions(
  db: Queryable,
  divisions: readonly Division[] = prefecture5402,
): Promise<void> {
  const ordered = divisions.toSorted((a, b) => a.code.length - b.code.length);
  await db.query(
    `insert into division (region, name, parent)
     select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict (region) do update set name = excluded.name
       where division.name is distinct from excluded.name`,
    [
      ordered.map((division) => division.code),
      ordered.map((division) => division.name),
      ordered.map((division) => division.parent),
    ],
  );
}

/** A division as the register has it. */
export interface DivisionRow {
  readonly region: Region;
  readonly name: string;
}

/** Every division of the scope with those above it, by code. */
export async function listDivisions(db: Queryable, scope: Region): Promise<DivisionRow[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<DivisionRow>(
    `select region, name from division
     where (region >= $1 and region < $2) or starts_with($1, region) order by region`,
    [from, to],
  );
  return rows;
}

/** Names from the level below the prefecture down to the region itself: county, township, village. */
export async function placeNamesOf(db: Queryable, region: Region): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select name from division
     where starts_with($1, region) and length(region) > 4 order by length(region)`,
    [region],
  );
  return rows.map((row) => row.name);
}

/** The top divisions: those without a parent here. An installation has one prefecture. */
export async function topRegions(db: Queryable): Promise<Region[]> {
  const { rows } = await db.query<{ region: string }>(
    'select region from division where parent is null order by region',
  );
  return rows.map((row) => row.region);
}
