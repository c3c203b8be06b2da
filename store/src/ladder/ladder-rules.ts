import type { LadderRule, Region } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

export interface StoredLadderRule {
  readonly region: Region;
  readonly rule: LadderRule;
}

/** Every rule that was written. */
export async function readLadderRules(db: Queryable): Promise<StoredLadderRule[]> {
  const { rows } = await db.query<StoredLadderRule>(
    'select region, rule from ladder_rule order by region',
  );
  return rows;
}

/** Writes a region's rule in place of the one before; null takes it away. */
export async function writeLadderRule(
  client: Client,
  written: {
    readonly region: Region;
    readonly rule: LadderRule | null;
    readonly accountId: string;
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  const { region, rule, accountId, now } = written;
  if (rule === null) {
    await client.query('delete from ladder_rule where region = $1', [region]);
    return;
  }
  await client.query(
    `insert into ladder_rule (region, rule, changed_at, account_id) values ($1, $2, $3, $4)
     on conflict (region) do update set rule = excluded.rule, changed_at = excluded.changed_at,
       account_id = excluded.account_id`,
    [region, JSON.stringify(rule), now.toString(), accountId],
  );
}
