import { regionRange, type OrganisationList, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import type { OrganisationsIn } from './composition.ts';
import { pathRange } from './read-organisations.ts';

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
  ageing: `2 * count(*) filter (where m.born_on <= $6::date) >= count(*)
           or sum(m.born_on - $6::date) < 0`,
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
    and o.path >= $7 and o.path < $8 and o.kind = 'branch' and m.left_on is null
  group by o.organisation_id, r.region`;

/** $1 to $8: the scope, the day, and 35, 3 and 60 years before it, worked out once; the path. */
function valuesFor({ scope, day, under }: OrganisationsIn): string[] {
  const date = Temporal.PlainDate.from(day);
  const region = regionRange(scope);
  const path = pathRange(under);
  const days = [0, 35, 3, 60].map((years) => date.subtract({ years }).toString());
  return [region.from, region.to, ...days, path.from, path.to];
}

/** How many branches of the scope stand in each list. */
export async function countOrganisationLists(
  db: Queryable,
  within: OrganisationsIn,
): Promise<Readonly<Record<OrganisationList, number>>> {
  // Without a name: a plan kept for every scope is three times slower than one made for this one.
  const { rows } = await db.query<Record<OrganisationList, number>>({
    text: `select ${Object.keys(having)
      .map((list) => `count(*) filter (where "${list}")::integer as "${list}"`)
      .join(', ')} from (${branches}) as b`,
    values: valuesFor(within),
  });
  return rows[0] ?? { 'no-young': 0, 'no-woman': 0, 'no-growth': 0, ageing: 0 };
}

/** The branches of one list by code; `after` is the code of the last one shown. */
export async function listOrganisationList(
  db: Queryable,
  list: OrganisationList,
  page: OrganisationsIn & { readonly limit: number; readonly after: string | null },
): Promise<ListedBranch[]> {
  const { rows } = await db.query<ListedBranch>(
    `select organisation_id as "organisationId", code, name, region, members
     from (${branches}) as b
     where b."${list}" and b.code > $9 order by b.code limit $10`,
    [...valuesFor(page), page.after ?? '', page.limit],
  );
  return rows;
}
