import { refreshDutyDays, type Store } from '@sightline/store';
import { villages } from './fill-check-ins.ts';

export const ledgerMonth = { from: '2026-10-01', to: '2026-10-31' };
const monthsFilled = 3;
/** One statement's worth: well inside the time a query may take. */
const villagesAtOnce = 300;

/** Three months of two posts by day and by night in every village, judged. */
export async function fillLedger(
  store: Store,
  share: number,
): Promise<{ readonly duties: number }> {
  const some = villages.slice(0, Math.max(1, Math.round(villages.length * share)));
  let duties = 0;
  for (let month = 0; month < monthsFilled; month += 1) {
    for (let from = 0; from < some.length; from += villagesAtOnce) {
      const chunk = some.slice(from, from + villagesAtOnce);
      const values = [chunk, ledgerMonth.from, -month];
      duties += (await store.pool.query(insertMonth, values)).rowCount ?? 0;
    }
  }
  await refreshDutyDays(store);
  await store.pool.query('analyze');
  return { duties };
}

const insertMonth = `
  insert into duty_ledger (region, post, day, span, person_id, starts_at, ends_at, owed_from, verdict, why,
    method, checked_in_at, late_minutes, judged_at)
  select v.region, p.post, to_char(t.day, 'YYYY-MM-DD'), s.span,
    (lpad(v.region, 12, '0') || lpad(p.nth::text, 20, '0'))::uuid,
    t.starts, t.starts + interval '12 hours', t.starts, w.verdict,
    case when w.verdict = 'unknown' then 'not-heard' end,
    case when w.verdict in ('on-time', 'late') then (array['face', 'pin'])[1 + (v.nth % 2)::int] end,
    case when w.verdict in ('on-time', 'late') then t.starts end,
    case when w.verdict = 'late' then 45 end, t.starts + interval '12 hours'
  from unnest($1::text[]) with ordinality as v (region, nth)
  cross join (values ('lead', 1), ('watch', 2)) as p (post, nth)
  cross join (values ('day', 8), ('night', 20)) as s (span, hour)
  cross join lateral (
    select d::date as day, (d::date + make_time(s.hour, 0, 0)) at time zone 'Asia/Shanghai' as starts
    from generate_series($2::date + make_interval(months => $3),
      $2::date + make_interval(months => $3 + 1) - interval '1 day', interval '1 day') as d) as t
  cross join lateral (
    select (array['on-time', 'on-time', 'on-time', 'late', 'absent', 'unknown', 'on-time'])
      [1 + ((v.nth * 3 + p.nth + extract(day from t.day) * 5 + s.hour) % 7)::int] as verdict) as w`;
