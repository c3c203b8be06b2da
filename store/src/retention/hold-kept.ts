import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

export interface KeepingAct {
  readonly meetingId: string;
  readonly accountId: string;
  readonly reason: string;
  readonly now: Temporal.Instant;
}

/** 保全: nothing of the meeting is erased from here on. The caller holds the meeting's lock. */
export async function placeHold(client: Client, act: KeepingAct): Promise<Refusal | null> {
  const { meetingId, accountId, reason, now } = act;
  const { rowCount } = await client.query(
    `insert into meeting_hold (hold_id, meeting_id, reason, placed_by, placed_at)
     values ($1, $2, $3, $4, $5)
     on conflict (meeting_id) where released_at is null do nothing`,
    [randomUUID(), meetingId, reason, accountId, now.round('millisecond').toString()],
  );
  return rowCount === 1 ? null : refuse('held-already', 'It is held already.');
}

/** 解除保全: its times count again. */
export async function releaseHold(client: Client, act: KeepingAct): Promise<Refusal | null> {
  const { meetingId, accountId, reason, now } = act;
  const { rowCount } = await client.query(
    `update meeting_hold set released_by = $2, released_at = greatest($3::timestamptz, placed_at),
       release_reason = $4
     where meeting_id = $1 and released_at is null`,
    [meetingId, accountId, now.round('millisecond').toString(), reason],
  );
  return rowCount === 1 ? null : refuse('not-held', 'It is not held.');
}
