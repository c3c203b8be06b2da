import type {
  DeliveryState,
  LadderCause,
  NotificationChannel,
  Refusal,
  Region,
  Rung,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendManyCentreFacts, type CentreDraft } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';

/** A rung to be climbed. */
export interface NewStep {
  readonly subject: string;
  readonly region: Region;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly asked: number;
}

/** A message to be sent, or to lie in the console's own list. */
export interface NewNotification {
  readonly notificationId: string;
  readonly rung: Rung;
  readonly cause: LadderCause;
  /** account:…, person:…, or webhook. */
  readonly recipient: string;
  readonly channel: NotificationChannel;
  readonly state: DeliveryState;
  readonly detail: string | null;
  readonly subjects: readonly string[];
}

/** One pass at a time, whoever else runs: false = another process has it now. */
export async function holdLadders(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('sightline ladder')) as held`,
  );
  return rows[0]?.held === true;
}

/** Writes rungs, their messages and `ladder.climbed` facts, in the caller's transaction, which holds the ladders. */
export async function climb(
  client: Client,
  made: { readonly steps: readonly NewStep[]; readonly notifications: readonly NewNotification[] },
  now: Temporal.Instant,
): Promise<Refusal | null> {
  await insertSteps(client, made.steps, now);
  await insertNotifications(client, made.notifications, now);
  const drafts = made.steps.map((step) => climbedDraft(step, now));
  return appendManyCentreFacts(client, drafts);
}

async function insertSteps(
  client: Client,
  steps: readonly NewStep[],
  now: Temporal.Instant,
): Promise<void> {
  await client.query(
    `insert into ladder_step (subject, rung, cause, region, at, asked)
     select subject, rung, cause, region, $5, asked
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::smallint[])
       as s (subject, rung, cause, region, asked)`,
    [
      steps.map(({ subject }) => subject),
      steps.map(({ rung }) => rung),
      steps.map(({ cause }) => cause),
      steps.map(({ region }) => region),
      now.toString(),
      steps.map(({ asked }) => asked),
    ],
  );
}

async function insertNotifications(
  client: Client,
  notifications: readonly NewNotification[],
  now: Temporal.Instant,
): Promise<void> {
  const isSettled = ({ state }: NewNotification) => state !== 'waiting';
  await client.query(
    `insert into notification (notification_id, rung, cause, recipient, channel, state, detail,
       made_at, next_at, settled_at)
     select id, rung, cause, recipient, channel, state, detail, $8, $8,
            case when settled then $8::timestamptz end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $9::boolean[]) as n (id, rung, cause, recipient, channel, state, detail, settled)`,
    [
      notifications.map(({ notificationId }) => notificationId),
      notifications.map(({ rung }) => rung),
      notifications.map(({ cause }) => cause),
      notifications.map(({ recipient }) => recipient),
      notifications.map(({ channel }) => channel),
      notifications.map(({ state }) => state),
      notifications.map(({ detail }) => detail),
      now.toString(),
      notifications.map(isSettled),
    ],
  );
  const duties = notifications.flatMap(({ notificationId, rung, subjects }) =>
    subjects.map((subject) => ({ notificationId, subject, rung })),
  );
  await client.query(
    `insert into notification_duty (notification_id, subject, rung)
     select * from unnest($1::uuid[], $2::text[], $3::text[])`,
    [
      duties.map(({ notificationId }) => notificationId),
      duties.map(({ subject }) => subject),
      duties.map(({ rung }) => rung),
    ],
  );
}

function climbedDraft(
  { subject, region, rung, cause, asked }: NewStep,
  now: Temporal.Instant,
): CentreDraft<'ladder.climbed'> {
  return {
    at: factInstant(now.round('millisecond')),
    region,
    stream: `ladder/${region}/duty`,
    type: 'ladder.climbed',
    world: 'actual',
    actor: 'system:ladder',
    data: { subject, rung, cause, asked },
  };
}

/**
 * 已确认, in the caller's transaction. Said again by the same it changes nothing, and says nothing in the
 * log. Resolves to false where that rung was never climbed.
 */
export async function acknowledgeStep(
  client: Client,
  said: {
    readonly subject: string;
    readonly region: Region;
    readonly rung: Rung;
    readonly by: string;
    readonly accountId: string;
  },
  change: RegisterChange,
): Promise<boolean | Refusal> {
  const { subject, region, rung, by, accountId } = said;
  const step = await client.query(
    'select from ladder_step where subject = $1 and rung = $2 for update',
    [subject, rung],
  );
  if (step.rowCount === 0) return false;
  const { rowCount } = await client.query(
    `insert into ladder_acknowledgement (subject, rung, by, at, account_id)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [subject, rung, by, change.now.toString(), accountId],
  );
  if (rowCount === 0) return true;
  const refused = await appendManyCentreFacts(client, [
    {
      at: factInstant(change.now.round('millisecond')),
      region,
      stream: `ladder/${region}/duty`,
      type: 'ladder.acknowledged',
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data: { subject, rung },
    },
  ]);
  return refused ?? true;
}
