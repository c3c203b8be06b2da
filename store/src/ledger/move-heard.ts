import type { Store } from '#engine/store.ts';
import { ledgerLimits } from './ledger-limits.ts';

/**
 * Moves 完整水位 of every device whose last heartbeat said that nothing waits, no further than what is
 * projected, and marks the days a verdict may now be given for. Written only where it passes a
 * shift's beginning, its grace or its end: four times a day. Resolves to how many moved.
 */
export async function moveHeard({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ moved: number }>({
    name: 'move-duty-heard',
    text: `
      with unseen as (
        select l.received_at from projection_cursor c cross join lateral (
          select received_at from log where position > c.position order by position limit 1) as l
        where c.name = 'check-in'
      ), said as (
        select s.source, t.region, s.enrolled_at, least(
            l.beat_at - make_interval(secs => $1),
            (select received_at - interval '1 second' from unseen)) as until
        from terminal_state l join terminal t using (terminal_id)
        join terminal_source s on s.terminal_id = t.terminal_id and s.revoked_at is null
        -- A beat before its enrolment is that of the device before it.
        where l.waiting = 0 and l.beat_at > s.enrolled_at
      ), passed as (
        select said.*, coalesce(h.heard_until, said.enrolled_at) as before
        from said left join duty_heard h using (source)
        where until > coalesce(h.heard_until, said.enrolled_at)
          and (h.heard_until is null
            or shift_at(h.heard_until) <> shift_at(until)
            or shift_at(h.heard_until - interval '30 minutes') <> shift_at(until - interval '30 minutes'))
      ), moved as (
        insert into duty_heard as h (source, heard_until) select source, until from passed
        on conflict (source) do update set heard_until = excluded.heard_until
          where h.heard_until < excluded.heard_until
      ), touched as (
        insert into ledger_touched (region, day)
        select distinct region, to_char(d, 'YYYY-MM-DD')
        from passed cross join lateral generate_series(
          left(shift_at(greatest(before, until - make_interval(days => $2)) - interval '30 minutes'), 10)::date,
          left(shift_at(until), 10)::date, interval '1 day') as d
      )
      select count(*)::integer as moved from passed`,
    values: [ledgerLimits.beatTravelSeconds, ledgerLimits.daysBack],
  });
  return rows[0]?.moved ?? 0;
}
