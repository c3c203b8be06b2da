import type { Store } from '@sightline/store';

export interface FilledLedger {
  readonly regions: readonly string[];
  /** Who holds the posts, in turns. */
  readonly people: readonly string[];
  /** The first day. */
  readonly day: string;
  readonly days: number;
}

/** Every post of those villages by day and by night, with findings of every kind, as if judged long ago. */
export async function fillLedger(store: Store, filled: FilledLedger): Promise<void> {
  const { regions, people, day, days } = filled;
  await store.pool.query(insertDuties, [regions, people, day, days]);
  // A centre that starts now finds nothing that time has touched: these findings stay.
  await store.pool.query(
    'insert into ledger_clock (touched_until) values (now()) on conflict do nothing',
  );
}

const insertDuties = `
  insert into duty_ledger (region, post, day, span, person_id, starts_at, ends_at, owed_from, verdict, why,
    method, checked_in_at, late_minutes, received_at, completed_at, simulated, judged_at)
  select v.region, p.post, to_char(t.day, 'YYYY-MM-DD'), s.span,
    ($2::uuid[])[1 + (p.nth + t.nth) % cardinality($2::uuid[])], t.starts, t.starts + interval '12 hours',
    t.starts, n.verdict,
    case when n.verdict = 'unknown'
      then (array['not-heard', 'uncertain-clock', 'no-terminal'])[1 + n.n % 3] end,
    case when n.is_there then (array['face', 'pin', 'pin-witness', 'face'])[1 + n.n % 4] end,
    case when n.is_there then t.starts + n.late * interval '1 minute' end,
    case when n.is_there and n.late > 30 then n.late end,
    case when n.is_there then t.starts + n.late * interval '1 minute' end,
    case when n.n % 11 = 3 and n.verdict <> 'unknown' then t.starts + interval '10 days' end,
    true, t.starts + interval '12 hours'
  from unnest($1::text[]) with ordinality as v (region, nth)
  cross join (values ('lead', 1), ('watch', 2), ('standby', 3)) as p (post, nth)
  cross join (values ('day', 8), ('night', 20)) as s (span, hour)
  cross join lateral (
    select d, $3::date + d as day, d as nth,
           ($3::date + d + make_time(s.hour, 0, 0)) at time zone 'Asia/Shanghai' as starts
    from generate_series(0, $4::int - 1) as d) as t
  cross join lateral (
    select (v.nth * 7 + p.nth * 5 + t.nth * 3 + s.hour)::int as n) as drawn
  cross join lateral (
    select drawn.n, verdict, verdict in ('on-time', 'late', 'covered') as is_there,
           case when verdict = 'late' then 31 + drawn.n * 13 % 200 else drawn.n % 30 - 12 end as late
    from (select (array['on-time', 'on-time', 'late', 'on-time', 'absent', 'on-time', 'unknown',
      'covered', 'on-time', 'on-time'])[1 + drawn.n % 10] as verdict) as w) as n
  on conflict do nothing`;
