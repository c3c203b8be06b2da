import { type CalendarRow, type Day, type Region } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** Replaces the days of that year of a prefecture or county. Throws on a day of another year. */
export async function replaceCalendar(
  client: Client,
  {
    region,
    year,
    days,
  }: { readonly region: Region; readonly year: number; readonly days: readonly CalendarRow[] },
): Promise<void> {
  const stray = days.find(({ day }) => !day.startsWith(`${year}-`));
  if (stray !== undefined) throw new Error(`${stray.day} is no day of ${year}.`);
  await client.query(
    `delete from calendar_day where region = $1 and day >= make_date($2, 1, 1)
       and day < make_date($2 + 1, 1, 1)`,
    [region, year],
  );
  await client.query(
    `insert into calendar_day (region, day, kind, name)
     select $1, day, kind, name from unnest($2::date[], $3::text[], $4::text[]) as d (day, kind, name)`,
    [
      region,
      days.map(({ day }) => day),
      days.map(({ kind }) => kind),
      days.map(({ name }) => name),
    ],
  );
}

export interface CalendarSpan {
  /** A place of any level. */
  readonly region: Region;
  readonly from: Day;
  /** Inclusive. */
  readonly to: Day;
}

/**
 * The days that count there: of each year the county's own where it has any, else the prefecture's.
 */
export async function readCalendar(
  db: Queryable,
  { region, from, to }: CalendarSpan,
): Promise<CalendarRow[]> {
  const { rows } = await db.query<CalendarRow>(
    `select day, kind, name from calendar_day c
     where region = any ($1) and day >= $2 and day <= $3
       and (region = $4 or not exists (
         select from calendar_day own where own.region = $4
           and extract(year from own.day) = extract(year from c.day)))
     order by day`,
    [placesOf(region), from, to, region.slice(0, 6)],
  );
  return rows;
}

/** Whether any day of that year is imported there. */
export async function hasCalendar(
  db: Queryable,
  { region, year }: { readonly region: Region; readonly year: number },
): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `select exists (select from calendar_day where region = any ($1)
       and day >= make_date($2, 1, 1) and day < make_date($2 + 1, 1, 1)) as found`,
    [placesOf(region), year],
  );
  return rows[0]?.found === true;
}

function placesOf(region: Region): Region[] {
  return [region.slice(0, 4), region.slice(0, 6)];
}
