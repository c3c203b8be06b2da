import type { DeliveryState, NotificationChannel, Rung } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

export interface StoredStep {
  readonly subject: string;
  readonly rung: Rung;
  readonly at: string;
  readonly asked: number;
}

export interface StoredAcknowledgement {
  readonly subject: string;
  readonly rung: Rung;
  readonly by: string;
  readonly at: string;
}

export interface StoredLadder {
  readonly steps: readonly StoredStep[];
  readonly acknowledgements: readonly StoredAcknowledgement[];
}

/** What happened on the ladders of these duties, oldest first. */
export async function readLadders(
  db: Queryable,
  subjects: readonly string[],
): Promise<StoredLadder> {
  const steps = await db.query<StoredStep>(
    'select subject, rung, at, asked from ladder_step where subject = any ($1) order by at',
    [subjects],
  );
  const acknowledgements = await db.query<StoredAcknowledgement>(
    `select subject, rung, by, at from ladder_acknowledgement where subject = any ($1) order by at`,
    [subjects],
  );
  return { steps: steps.rows, acknowledgements: acknowledgements.rows };
}

export interface StoredDelivery {
  readonly subject: string;
  readonly rung: Rung;
  readonly channel: NotificationChannel;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: string;
  readonly detail: string | null;
}

/** How far the messages about these duties came, in the order they were made. */
export async function readDeliveries(
  db: Queryable,
  subjects: readonly string[],
): Promise<StoredDelivery[]> {
  const { rows } = await db.query<StoredDelivery>(
    `select d.subject, d.rung, n.channel, n.state, n.attempts,
            coalesce(n.settled_at, n.made_at) as at, n.detail
     from notification_duty d join notification n using (notification_id)
     where d.subject = any ($1) order by n.made_at, n.channel, n.recipient limit 5000`,
    [subjects],
  );
  return rows;
}
