import { regionRange, type OrganisationKind, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** 党组织, as it stands on a day. */
export interface Organisation {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly isFunctional: boolean;
  readonly parentId: string | null;
  readonly region: Region;
  readonly members: number;
}

/** Organisations that stand in the scope on that day (`YYYY-MM-DD`), parents before children. */
export async function listOrganisations(
  db: Queryable,
  { scope, day }: { readonly scope: Region; readonly day: string },
): Promise<Organisation[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<Organisation>(
    `select o.organisation_id as "organisationId", o.code, o.name, o.kind,
            o.is_functional as "isFunctional", o.parent_id as "parentId", r.region,
            coalesce(m.members, 0) as members
     from organisation_region r
     join organisation o using (organisation_id)
     left join (
       select organisation_id, count(*)::integer as members from member
       where left_on is null group by organisation_id
     ) m using (organisation_id)
     where r.region >= $1 and r.region < $2 and r.from_day <= $3 and (r.to_day is null or r.to_day > $3)
       and (o.ended_on is null or o.ended_on > $3)
     order by o.path`,
    [from, to, day],
  );
  return rows;
}

/** What is asked about one organisation, as of a day (`YYYY-MM-DD`). */
export interface OrganisationOnDay {
  readonly organisationId: string;
  readonly day: string;
}

/**
 * The region an organisation stands in on the day, or stood in last; one it will only move to does not
 * count yet. Null when there is no such organisation.
 */
export async function findOrganisationRegion(
  db: Queryable,
  { organisationId, day }: OrganisationOnDay,
): Promise<Region | null> {
  const { rows } = await db.query<{ region: string }>(
    `select region from organisation_region where organisation_id = $1
     order by from_day > $2, from_day desc limit 1`,
    [organisationId, day],
  );
  return rows[0]?.region ?? null;
}

/** The codes from the top down to an organisation; null when there is none, or it has ended. */
export async function findOrganisationPath(
  db: Queryable,
  organisationId: string,
): Promise<string | null> {
  const { rows } = await db.query<{ path: string }>(
    'select path from organisation where organisation_id = $1 and ended_on is null',
    [organisationId],
  );
  return rows[0]?.path ?? null;
}

/**
 * From a path up to the first text after everything that begins with it: '/' follows '.' in "C", and '{'
 * follows all a path is made of. Undefined = every path.
 */
export function pathRange(path?: string): { readonly from: string; readonly to: string } {
  return path === undefined ? { from: '', to: '{' } : { from: path, to: `${path.slice(0, -1)}/` };
}

export interface OrganisationRegion {
  readonly region: Region;
  readonly fromDay: string;
  readonly toDay: string | null;
}

/** Where an organisation stood, newest first. */
export async function listOrganisationRegions(
  db: Queryable,
  organisationId: string,
): Promise<OrganisationRegion[]> {
  const { rows } = await db.query<OrganisationRegion>(
    `select region, from_day::text as "fromDay", to_day::text as "toDay" from organisation_region
     where organisation_id = $1 order by from_day desc limit 100`,
    [organisationId],
  );
  return rows;
}
