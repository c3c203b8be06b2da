import type { Client } from '#engine/store.ts';
import { loadOwed } from './load-days.ts';
import { touchDays, type VillageDay } from './touched.ts';

/**
 * Before a roster changes, in its transaction: every duty of those days that has begun is written down
 * as it is owed, so that the change does not rewrite it; then the days are marked.
 */
export async function holdBegunDuties(
  client: Client,
  days: readonly VillageDay[],
  now: Temporal.Instant,
): Promise<void> {
  if (days.length === 0) return;
  const owed = await loadOwed(client, days);
  const rows = days.flatMap(({ region, day }) =>
    (owed.get(`${region} ${day}`)?.duties ?? [])
      .filter(({ from }) => Temporal.Instant.compare(from, now) <= 0)
      .map((duty) => ({
        region,
        post: duty.post,
        day,
        span: duty.span,
        person_id: duty.personId,
        fallback_id: duty.fallbackId,
        starts_at: duty.from.toString(),
        ends_at: duty.to.toString(),
        owed_from: duty.owedFrom.toString(),
      })),
  );
  await client.query(
    `insert into duty_ledger as l (region, post, day, span, person_id, fallback_id, starts_at, ends_at,
       owed_from, verdict, judged_at)
     select g.*, 'open', $2 from jsonb_to_recordset($1::jsonb) as g (region text, post text, day text,
       span text, person_id uuid, fallback_id uuid, starts_at timestamptz, ends_at timestamptz,
       owed_from timestamptz)
     on conflict (region, post, starts_at) do update
     set span = excluded.span, person_id = excluded.person_id, fallback_id = excluded.fallback_id,
         ends_at = excluded.ends_at, owed_from = excluded.owed_from, judged_at = excluded.judged_at
     where l.judged_at < excluded.judged_at`,
    [JSON.stringify(rows), now.toString()],
  );
  await touchDays(client, days);
}
