import { prefecture5402 } from '@sightline/contracts/divisions';
import { refreshShiftCounts, type Store } from '@sightline/store';

export const firstDay = '2025-11-26';
export const daysOfYear = 366;
/** One statement's worth: well inside the time a query may take. */
const daysAtOnce = 6;

/** The villages of the prefecture, by code. */
export const villages = prefecture5402
  .filter(({ level }) => level === 'village')
  .map(({ code }) => code);

/**
 * A year of two check-ins a village a day, written by the database itself and counted as the
 * projection's own would be; then the last state of each village. `share`: part of the villages.
 */
export async function fillCheckIns(
  store: Store,
  share: number,
): Promise<{ readonly checkIns: number; readonly villages: number }> {
  const some = villages.slice(0, Math.max(1, Math.round(villages.length * share)));
  let checkIns = 0;
  for (let from = 0; from < daysOfYear; from += daysAtOnce) {
    const to = Math.min(from + daysAtOnce, daysOfYear) - 1;
    const { rowCount } = await store.pool.query(insertDays, [
      some,
      `${firstDay}T00:00:00Z`,
      from,
      to,
    ]);
    checkIns += rowCount ?? 0;
  }
  await store.pool.query(
    `insert into village_duty (region, position, at, shift, method)
     select distinct on (region) region, position, effective_at, shift, method
     from check_in order by region, effective_at desc
     on conflict (region) do nothing`,
  );
  await refreshShiftCounts(store);
  await store.pool.query('analyze');
  return { checkIns, villages: some.length };
}

const insertDays = `
  insert into check_in (id, position, at, effective_at, certain, received_at, region, terminal_id,
    person_id, shift, said_shift, method, simulated, world, source, boot_id, uptime_ms)
  select gen_random_uuid(), row_number() over (), t.at, t.at, true, t.at, v.region, v.region || '-1',
    gen_random_uuid(), shift_at(t.at), shift_at(t.at),
    case when (d.day + v.nth) % 5 = 0 then 'pin' else 'face' end, true, 'actual', 'bench',
    gen_random_uuid(), 0
  from unnest($1::text[]) with ordinality as v (region, nth)
  cross join generate_series($3::int, $4::int) as d (day)
  cross join (values (1), (13)) as h (hours)
  cross join lateral (select $2::timestamptz + make_interval(
    days => d.day, hours => h.hours, secs => (v.nth * 7 + d.day) % 3000) as at) as t`;
