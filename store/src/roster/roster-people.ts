import { regionRange, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';

/** Who may stand in rosters: ids in the order of each village's list, for a command's decision. */
export async function rosterPeople(db: Queryable, scope: Region): Promise<Map<Region, string[]>> {
  const range = regionRange(scope);
  const { rows } = await db.query<{ region: Region; people: string[] }>(
    `select region, array_agg(person_id::text order by slot) as people from person
     where slot is not null and region >= $1 and region < $2 group by region`,
    [range.from, range.to],
  );
  return new Map(rows.map(({ region, people }) => [region, people]));
}

/** A person of a roster by name. */
export interface RosterName {
  readonly personId: string;
  readonly name: string;
  /** 职务. */
  readonly title: string;
  readonly isActive: boolean;
}

/** Names to ids of the scope, for a reply: the active ones as listed, then those who left. */
export async function rosterNames(
  db: Queryable,
  _receipt: AuditReceipt,
  { scope, ids }: { readonly scope: Region; readonly ids: readonly string[] },
): Promise<RosterName[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<RosterName>(
    `select person_id as "personId", name, post as title, slot is not null as "isActive" from person
     where person_id = any ($1) and region >= $2 and region < $3
     order by region, slot nulls last, person_id`,
    [ids, range.from, range.to],
  );
  return rows;
}

/** Villages of the scope that are there today, by code, after a cursor. */
export async function rosterVillages(
  db: Queryable,
  {
    scope,
    after,
    limit,
  }: { readonly scope: Region; readonly after: Region | null; readonly limit: number },
): Promise<{ readonly region: Region; readonly name: string }[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<{ region: Region; name: string }>(
    `select region, name from division where region >= $1 and region < $2 and length(region) = 12
       and ended_on is null and ($3::text is null or region > $3) order by region limit $4`,
    [range.from, range.to, after, limit],
  );
  return rows;
}

/**
 * Holds the villages' rosters until the end of the transaction: who changes one at the same time comes
 * before us or after. Resolves to those that are there.
 */
export async function holdRosters(client: Client, scope: Region): Promise<Region[]> {
  const range = regionRange(scope);
  const { rows } = await client.query<{ region: Region }>(
    `select region from division where region >= $1 and region < $2 and length(region) = 12
       and ended_on is null order by region for update`,
    [range.from, range.to],
  );
  return rows.map(({ region }) => region);
}
