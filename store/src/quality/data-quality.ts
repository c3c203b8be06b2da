import { regionRange, type QualityCheck, type QualityRow, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** The division an organisation stands in today, else that of the nearest one above it, else the top. */
const placeOfOrganisation = `coalesce(
  (select r.region from organisation a
     join organisation_region r on r.organisation_id = a.organisation_id and r.to_day is null
   where a.code = any (string_to_array(o.path, '.')) order by length(a.path) desc limit 1),
  (select region from division where parent is null order by region limit 1))`;

const organisations = (count: string, where: string) => `
  select ${placeOfOrganisation} as region, o.organisation_id, o.name, ${count} as count
  from organisation o where o.ended_on is null and ${where}`;

/**
 * What each check finds, as rows (region, organisation_id, name, count); `$1` is today. A branch whose
 * members belong elsewhere (功能型) has none of its own and is right so.
 */
const found: Readonly<Record<QualityCheck, string>> = {
  'organisations-without-region': organisations(
    '1',
    `not exists (select from organisation_region r
                 where r.organisation_id = o.organisation_id and r.to_day is null)`,
  ),
  'organisations-without-members': organisations(
    '1',
    `o.kind = 'branch' and not o.is_functional
     and not exists (select from member m
                     where m.organisation_id = o.organisation_id and m.left_on is null)`,
  ),
  'people-without-post': `
    select region, null::uuid as organisation_id, null::text as name, count(*)::int as count
    from person where slot is not null and post = '' group by region`,
  'people-without-terminal': `
    select region, null::uuid as organisation_id, null::text as name, count(*)::int as count
    from person p where slot is not null
      and not exists (select from terminal t where t.region = p.region) group by region`,
  'terminals-without-people': `
    select region, null::uuid as organisation_id, null::text as name, count(*)::int as count
    from terminal t where not exists (
      select from person p where p.region = t.region and p.slot is not null) group by region`,
  'doubtful-dates': `
    select ${placeOfOrganisation} as region, o.organisation_id, o.name, doubt.count
    from organisation o join (
      select organisation_id, count(*)::int as count from member
      where left_on is null and (
        joined_on < born_on + interval '18 years' or joined_on > $1::date
        or born_on < $1::date - interval '110 years')
      group by organisation_id) as doubt using (organisation_id)`,
};

interface Asked {
  readonly scope: Region;
  /** The day the register is looked at, `2026-11-26`. */
  readonly today: string;
}

/** How many rows each division right below the scope (or the scope itself) has of a check. */
export async function countQuality(
  db: Queryable,
  check: QualityCheck,
  { scope, today }: Asked,
): Promise<{ readonly region: Region; readonly count: number }[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<{ region: string; count: number }>(
    `select left(f.region, $4) as region, count(*)::int as count from (${found[check]}) as f
     where f.region >= $2 and f.region < $3 and $1::date is not null
     group by left(f.region, $4) order by count(*) desc, 1`,
    [today, from, to, lengthBelow[scope.length] ?? scope.length],
  );
  return rows;
}

const lengthBelow: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12 };

/** The rows of a check by region; `after` is the last one of the page before. */
export async function listQuality(
  db: Queryable,
  check: QualityCheck,
  page: Asked & { readonly limit: number; readonly after: string | null },
): Promise<QualityRow[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<QualityRow>(
    `select f.region, f.count,
            case when f.organisation_id is null then null
                 else json_build_object('organisationId', f.organisation_id, 'name', f.name)
            end as organisation
     from (${found[check]}) as f
     where f.region >= $2 and f.region < $3 and $1::date is not null
       and ($4::text is null or f.region || '.' || coalesce(f.organisation_id::text, '') > $4 collate "C")
     order by f.region || '.' || coalesce(f.organisation_id::text, '') collate "C" limit $5`,
    [page.today, from, to, page.after, page.limit],
  );
  return rows;
}

/** The cursor of a row: `after` of the next page. */
export function qualityCursor({ region, organisation }: QualityRow): string {
  return `${region}.${organisation?.organisationId ?? ''}`;
}
