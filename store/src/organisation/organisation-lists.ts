import { regionRange, type OrganisationList, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** A branch that stands in a list. */
export interface ListedBranch {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly region: Region;
  readonly members: number;
}

const having: Readonly<Record<OrganisationList, string>> = {
  'no-young': `not bool_or(m.born_on > $4::date)`,
  'no-woman': `not bool_or(m.sex = 'female')`,
  'no-growth': `max(m.joined_on) <= $5::date`,
  ageing: `2 * count(*) filter (where m.born_on <= $6::date) >= count(*)`,
};

/** Branches with members that stand in the scope on the day, and what of each list is true of them. */
const branches = `
  select o.organisation_id, o.code, o.name, r.region, count(*)::integer as members,
         ${Object.entries(having)
           .map(([list, condition]) => `${condition} as "${list}"`)
           .join(',\n         ')}
  from organisation_region r
  join organisation o using (organisation_id)
  join member m using (organisation_id)
  where r.region >= $1 and r.region < $2 and r.from_day <= $3::date
    and (r.to_day is null or r.to_day > $3::date)
    and o.kind = 'branch' and m.left_on is null
  group by o.organisation_id, r.region`;

/** The day, and 35, 3 and 60 years before it: worked out once, not for every row. */
function daysFor(day: string): string[] {
  const date = Temporal.PlainDate.from(day);
  return [0, 35, 3, 60].map((years) => date.subtract({ years }).toString());
}

/** How many branches of the scope stand in each list. */
export async function countOrganisationLists(
  db: Queryable,
  { scope, day }: { readonly scope: Region; readonly day: string },
): Promise<Readonly<Record<OrganisationList, number>>> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<Record<OrganisationList, number>>({
    name: 'count-organisation-lists',
    text: `select ${Object.keys(having)
      .map((list) => `count(*) filter (where "${list}")::integer as "${list}"`)
      .join(', ')} from (${branches}) as b`,
    values: [from, to, ...daysFor(day)],
  });
  return rows[0] ?? { 'no-young': 0, 'no-woman': 0, 'no-growth': 0, ageing: 0 };
}

/** The branches of one list by code; `after` is the code of the last one shown. */
export async function listOrganisationList(
  db: Queryable,
  list: OrganisationList,
  page: {
    readonly scope: Region;
    readonly day: string;
    readonly limit: number;
    readonly after: string | null;
  },
): Promise<ListedBranch[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<ListedBranch>(
    `select organisation_id as "organisationId", code, name, region, members
     from (${branches}) as b
     where b."${list}" and b.code > $7 order by b.code limit $8`,
    [from, to, ...daysFor(page.day), page.after ?? '', page.limit],
  );
  return rows;
}
