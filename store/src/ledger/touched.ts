import { dayOfShift, shiftAt, type Day, type Region } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { ledgerLimits } from './ledger-limits.ts';

/** A day of a village whose duties must be judged again. */
export interface VillageDay {
  readonly region: Region;
  readonly day: Day;
}

/** Marks days of villages, in the transaction that changes what they rest on. */
export async function touchDays(db: Queryable, days: readonly VillageDay[]): Promise<void> {
  if (days.length === 0) return;
  await db.query(
    `insert into ledger_touched (region, day) select distinct * from unnest($1::text[], $2::text[])`,
    [days.map(({ region }) => region), days.map(({ day }) => day)],
  );
}

/**
 * Takes marked days for the caller's transaction: they are gone when it commits and back when it fails.
 * None while another keeper is at work, or while the check-ins are being projected anew.
 */
export async function holdTouched(client: Client): Promise<VillageDay[]> {
  const { rows: leave } = await client.query<{ may: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('duty-ledger')) and not exists (
       select from projection_cursor c cross join lateral (
         select received_at from log where position > c.position order by position limit 1) as waiting
       where c.name = 'check-in'
         and waiting.received_at < now() - make_interval(secs => $1)) as may`,
    [ledgerLimits.projectionBehindSeconds],
  );
  if (leave[0]?.may !== true) return [];
  const { rows } = await client.query<VillageDay>(
    `with taken as (
       delete from ledger_touched where id in (
         select id from ledger_touched order by id limit $1 for update skip locked)
       returning region, day)
     select distinct region, day from taken order by region, day`,
    [ledgerLimits.touchedPerTurn],
  );
  return rows;
}

/** Marks what time alone changed since the last call: the days whose shifts began or ended. */
export function touchByTime(store: Store, now: Temporal.Instant): Promise<void> {
  return inTransaction(store, async (client) => {
    const since = await turnClock(client, now);
    const [before, current] = [shiftAt(since), shiftAt(now)];
    if (before.key === current.key || Temporal.Instant.compare(now, since) < 0) return;
    await client.query(
      `insert into ledger_touched (region, day)
       select region, left(shift, 10) from roster_slot where shift >= $1 and shift <= $2 || '/night'
       union
       select region, day from duty_ledger
       where day >= $1 and day <= $2 and starts_at >= $3 and starts_at <= $4`,
      [
        dayOfShift(before.key),
        dayOfShift(current.key),
        before.from.subtract({ hours: 24 }).toString(),
        now.toString(),
      ],
    );
  });
}

/** Sets the ledger's clock; resolves to what it showed, two months back at most. */
async function turnClock(client: Client, now: Temporal.Instant): Promise<Temporal.Instant> {
  const { rows } = await client.query<{ until: string }>(
    'select touched_until as until from ledger_clock for update',
  );
  await client.query(
    `insert into ledger_clock (touched_until) values ($1)
     on conflict (one) do update set touched_until = excluded.touched_until`,
    [now.toString()],
  );
  const earliest = now.subtract({ hours: 24 * ledgerLimits.daysBack });
  const until = rows[0] === undefined ? earliest : Temporal.Instant.from(rows[0].until);
  return Temporal.Instant.compare(until, earliest) < 0 ? earliest : until;
}
