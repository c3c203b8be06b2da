import type { RetentionDays, RetentionKind } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

export interface ChangedRule {
  readonly kind: RetentionKind;
  readonly days: number;
  /** null = it was not known before. */
  readonly before: number | null;
}

/** Writes down the times as they are from now on; those that changed. */
export async function noteRetention(
  client: Client,
  days: RetentionDays,
  now: Temporal.Instant,
): Promise<readonly ChangedRule[]> {
  const { rows } = await client.query<ChangedRule>(
    `with told as (select * from unnest($1::text[], $2::integer[]) as t (kind, days)),
       before as (select kind, days from retention_rule),
       noted as (
         insert into retention_rule (kind, days, since) select kind, days, $3 from told order by kind
         on conflict (kind) do update set days = excluded.days, since = excluded.since
         where retention_rule.days <> excluded.days
         returning kind, days)
     select n.kind, n.days, b.days as before from noted n left join before b using (kind)
     order by n.kind`,
    [Object.keys(days), Object.values(days), now.round('millisecond').toString()],
  );
  return rows;
}
