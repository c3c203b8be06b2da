import { regionRange, watchZone, type Region } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** What an order is decided on. */
export interface CheckableVillage {
  readonly region: Region;
  /** A terminal stands there whose key is not revoked. */
  readonly isEquipped: boolean;
  /** Rings of this day in Asia/Shanghai, withdrawn ones too: they rang. */
  readonly rungToday: number;
}

export interface CheckGround {
  readonly villages: readonly CheckableVillage[];
  /** By this account, within the last hour. */
  readonly ordersThisHour: number;
}

/** Orders wait for each other, so that two at once never ring a village once too often. */
export async function lockSpotChecks(client: Client): Promise<void> {
  await client.query('lock table spot_check in share row exclusive mode');
}

/** The villages within the scope in the order of their codes, and how often both may still ring. */
export async function readCheckGround(
  db: Queryable,
  { scope, accountId, now }: { scope: Region; accountId: string; now: Temporal.Instant },
): Promise<CheckGround> {
  const { from, to } = regionRange(scope);
  const today = now.toZonedDateTimeISO(watchZone).startOfDay().toInstant();
  const villages = await db.query<CheckableVillage>(
    `select d.region,
            exists (select from terminal t join terminal_source s using (terminal_id)
                    where t.region = d.region and s.revoked_at is null) as "isEquipped",
            (select count(*)::integer from spot_check_village v
             where v.region = d.region and v.ordered_at >= $3 and v.left_out is null) as "rungToday"
     from division d
     where d.region >= $1 and d.region < $2 and length(d.region) = 12 and d.ended_on is null
     order by d.region`,
    [from, to, today.toString()],
  );
  const orders = await db.query<{ count: number }>(
    `select count(*)::integer as count from spot_check where account_id = $1 and ordered_at > $2`,
    [accountId, now.subtract({ hours: 1 }).toString()],
  );
  return { villages: villages.rows, ordersThisHour: orders.rows[0]?.count ?? 0 };
}

/** What withdrawing a check and calling back are decided on. */
export interface CheckCase {
  readonly checkId: string;
  readonly region: Region;
  readonly until: string;
  readonly isWithdrawn: boolean;
}

/** The check, locked until the end of the transaction; null = there is none. */
export async function holdSpotCheck(client: Client, checkId: string): Promise<CheckCase | null> {
  const { rows } = await client.query<CheckCase>(
    `select check_id as "checkId", region, until, withdrawn_at is not null as "isWithdrawn"
     from spot_check where check_id = $1 for update`,
    [checkId],
  );
  return rows[0] ?? null;
}

/** Whether that village asked to be called; null = it did not ring in this check. */
export async function findCallAsked(
  client: Client,
  { checkId, region }: { readonly checkId: string; readonly region: Region },
): Promise<{ readonly asked: boolean } | null> {
  const { rows } = await client.query<{ asked: boolean }>(
    `select call_asked_at is not null as asked from spot_check_village
     where check_id = $1 and region = $2 and left_out is null`,
    [checkId, region],
  );
  return rows[0] ?? null;
}

export async function findSpotCheckRegion(db: Queryable, checkId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from spot_check where check_id = $1',
    [checkId],
  );
  return rows[0]?.region ?? null;
}
