import type { LadderCause, NotificationChannel, Region, Rung } from '@sightline/contracts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { inTransaction } from '#engine/in-transaction.ts';

/** A message that one process now tries to send. */
export interface TakenNotification {
  readonly notificationId: string;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly recipient: string;
  readonly channel: NotificationChannel;
  /** This one included. */
  readonly attempts: number;
  readonly madeAt: string;
  readonly subjects: readonly string[];
}

/**
 * Takes messages that are due and holds each for `leaseMs`: who falls while sending leaves it to be
 * tried again, so a message may come twice, with one id, and is never lost.
 */
export function takeNotifications(
  store: Store,
  take: { readonly now: Temporal.Instant; readonly leaseMs: number; readonly limit: number },
): Promise<TakenNotification[]> {
  return inTransaction(store, async (client) => {
    const { rows } = await client.query<TakenNotification>(
      `with due as (
         select notification_id from notification
         where state = 'waiting' and next_at <= $1 order by next_at limit $3 for update skip locked
       ), taken as (
         update notification n set attempts = attempts + 1, next_at = $2
         from due where n.notification_id = due.notification_id returning n.*
       )
       select notification_id as "notificationId", rung, cause, recipient, channel, attempts,
              made_at as "madeAt",
              array(select subject from notification_duty d
                    where d.notification_id = taken.notification_id order by subject) as subjects
       from taken order by made_at, notification_id`,
      [take.now.toString(), take.now.add({ milliseconds: take.leaseMs }).toString(), take.limit],
    );
    return rows;
  });
}

/** How a try ended. */
export type Delivered =
  | { readonly state: 'sent'; readonly detail: string | null }
  | { readonly state: 'failed' | 'unreachable'; readonly detail: string }
  /** It is tried again then. */
  | { readonly state: 'waiting'; readonly detail: string; readonly nextAt: Temporal.Instant };

export async function noteDelivered(
  db: Queryable,
  { notificationId, attempts }: Pick<TakenNotification, 'notificationId' | 'attempts'>,
  outcome: Delivered & { readonly now: Temporal.Instant },
): Promise<void> {
  const nextAt = outcome.state === 'waiting' ? outcome.nextAt : outcome.now;
  // A later try by another process has the last word.
  await db.query(
    `update notification set state = $3, detail = left($4, 200), next_at = $5,
       settled_at = case when $3 = 'waiting' then null else $6::timestamptz end
     where notification_id = $1 and attempts = $2 and state = 'waiting'`,
    [
      notificationId,
      attempts,
      outcome.state,
      outcome.detail,
      nextAt.toString(),
      outcome.now.toString(),
    ],
  );
}

/** When the next message is due; null = none waits. */
export async function readNextDelivery(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ at: string | null }>(
    `select min(next_at) as at from notification where state = 'waiting'`,
  );
  return rows[0]?.at ?? null;
}

/** One of the console's list. */
export interface InboxRow {
  readonly notificationId: string;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly madeAt: string;
  readonly acknowledgedAt: string | null;
  readonly subjects: readonly string[];
  readonly dutyCount: number;
}

/** What lies in an account's list, newest first; `before`: the last one of the page before. */
export async function listInbox(
  db: Queryable,
  page: {
    readonly accountId: string;
    readonly before: { readonly at: string; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<InboxRow[]> {
  const { rows } = await db.query<InboxRow>(
    `select n.notification_id as "notificationId", n.rung, n.cause, n.made_at as "madeAt",
            n.acknowledged_at as "acknowledgedAt",
            array(select subject from notification_duty d
                  where d.notification_id = n.notification_id order by subject limit 50) as subjects,
            (select count(*)::integer from notification_duty d
             where d.notification_id = n.notification_id) as "dutyCount"
     from notification n
     where n.recipient = $1 and n.channel = 'console' and ($2::timestamptz is null or (n.made_at, n.notification_id) < ($2, $3::uuid))
     order by n.made_at desc, n.notification_id desc limit $4`,
    [`account:${page.accountId}`, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
}

/** The duties of a message in an account's list, marked as acknowledged; null = it is not theirs. */
export async function acknowledgeNotification(
  client: Client,
  said: {
    readonly notificationId: string;
    readonly accountId: string;
    readonly now: Temporal.Instant;
  },
): Promise<{ readonly rung: Rung; readonly subjects: readonly string[] } | null> {
  const { rows } = await client.query<{ rung: Rung; subjects: string[] }>(
    `update notification n set acknowledged_at = coalesce(acknowledged_at, $3)
     where n.notification_id = $1 and n.recipient = $2 and n.channel = 'console'
     returning n.rung, array(select subject from notification_duty d
                             where d.notification_id = n.notification_id order by subject) as subjects`,
    [said.notificationId, `account:${said.accountId}`, said.now.toString()],
  );
  return rows[0] ?? null;
}

/** Deletes what is older than the days it is kept; a bounded number a call. Resolves to how many went. */
export async function forgetNotifications(
  db: Queryable,
  { before, limit }: { readonly before: Temporal.Instant; readonly limit: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from notification where notification_id in (
       select notification_id from notification where made_at < $1 order by made_at limit $2)`,
    [before.toString(), limit],
  );
  return rowCount ?? 0;
}

/** An account that is told of a region's villages. */
export interface Officer {
  readonly accountId: string;
  readonly region: Region;
}

/** 值守人员. Open accounts that keep the watch, of these very regions. */
export async function readOfficers(db: Queryable, regions: readonly Region[]): Promise<Officer[]> {
  const { rows } = await db.query<Officer>(
    `select account_id as "accountId", region from account
     where region = any ($1) and 'dispatcher' = any (roles) and disabled_at is null
     order by region, account_id`,
    [regions],
  );
  return rows;
}
