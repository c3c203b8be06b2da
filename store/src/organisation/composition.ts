import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { pathRange } from './read-organisations.ts';

/** How many there are of each kind, by `<of>/<key>` such as `age/under-35`; and all of them. */
export interface Composition {
  readonly members: number;
  readonly organisations: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Organisations that stand in a scope on a day (`YYYY-MM-DD`). */
export interface OrganisationsIn {
  readonly scope: Region;
  readonly day: string;
  /** The path of an organisation: only that one and those under it. */
  readonly under?: string;
}

/** 构成. Of everybody whose organisation stands in the scope on that day; names nobody. */
export async function readComposition(
  db: Queryable,
  { scope, day, under }: OrganisationsIn,
): Promise<Composition> {
  const { from, to } = regionRange(scope);
  const path = pathRange(under);
  // Without a name: a plan kept for every scope is six times slower than one made for this one.
  const { rows } = await db.query<Readonly<Record<string, number>>>({
    text: `
      with here as (
        select r.organisation_id from organisation_region r join organisation o using (organisation_id)
        where o.path >= $4 and o.path < $5 and r.region >= $1 and r.region < $2 and r.from_day <= $3::date
          and (r.to_day is null or r.to_day > $3::date)
      ), aged as (
        select m.sex, m.education, m.joined_on, m.born_on
        from member m join here using (organisation_id) where m.left_on is null
      )
      select count(*)::integer as members,
        (select count(*)::integer from here) as organisations, ${filters.join(',\n        ')}
      from aged`,
    values: [
      from,
      to,
      day,
      path.from,
      path.to,
      ...yearsBefore.map((years) => dayBefore(day, years)),
    ],
  });
  const { members = 0, organisations = 0, ...counts } = rows[0] ?? {};
  return { members, organisations, counts: new Map(Object.entries(counts)) };
}

/** The days that part the bands, as parameters: worked out once, not for every row. */
const yearsBefore = [35, 51, 61, 71, 5, 21, 41] as const;

function dayBefore(day: string, years: number): string {
  return Temporal.PlainDate.from(day).subtract({ years }).toString();
}

/** So many years old on the day, or older; so many years a member, or longer. */
const born = (years: 35 | 51 | 61 | 71) => `born_on <= ${dayParameter(years)}`;
const joined = (years: 5 | 21 | 41) => `joined_on <= ${dayParameter(years)}`;

function dayParameter(years: (typeof yearsBefore)[number]): string {
  return `$${yearsBefore.indexOf(years) + 6}::date`;
}

const parts: Readonly<Record<string, string>> = {
  'age/under-35': `not ${born(35)}`,
  'age/35-50': `${born(35)} and not ${born(51)}`,
  'age/51-60': `${born(51)} and not ${born(61)}`,
  'age/61-70': `${born(61)} and not ${born(71)}`,
  'age/over-70': born(71),
  'sex/female': `sex = 'female'`,
  'sex/male': `sex = 'male'`,
  ...Object.fromEntries(
    [
      'primary',
      'junior-middle',
      'senior-middle',
      'vocational',
      'college',
      'bachelor',
      'postgraduate',
    ].map((level) => [`education/${level}`, `education = '${level}'`]),
  ),
  'standing/under-5': `not ${joined(5)}`,
  'standing/5-20': `${joined(5)} and not ${joined(21)}`,
  'standing/21-40': `${joined(21)} and not ${joined(41)}`,
  'standing/over-40': joined(41),
};

const filters = Object.entries(parts).map(
  ([name, filter]) => `count(*) filter (where ${filter})::integer as "${name}"`,
);

/** The keys of one kind of part, in their order. */
export function compositionKeys(of: 'age' | 'sex' | 'education' | 'standing'): string[] {
  return Object.keys(parts)
    .filter((name) => name.startsWith(`${of}/`))
    .map((name) => name.slice(of.length + 1));
}
