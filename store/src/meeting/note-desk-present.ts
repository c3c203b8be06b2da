import { meetingStream, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { meetingProjection } from './meeting-projection.ts';

/** A desk answers a round it was asked by; null = it answered before, or was not asked. */
export async function findUnanswered(
  client: Client,
  {
    meetingId,
    round,
    seatId,
  }: { readonly meetingId: string; readonly round: number; readonly seatId: string },
): Promise<'unanswered' | 'answered' | 'not-asked'> {
  const { rows } = await client.query<{ isAnswered: boolean }>(
    `select answered_at is not null as "isAnswered" from meeting_asked
     where meeting_id = $1 and round = $2 and seat_id = $3`,
    [meetingId, round, seatId],
  );
  const [row] = rows;
  if (row === undefined) return 'not-asked';
  return row.isAnswered ? 'answered' : 'unanswered';
}

/** 点名应答 of a desk: the fact, and its row at once. */
export function noteDeskPresent(
  client: Client,
  {
    region,
    ...data
  }: {
    readonly region: string;
    readonly meetingId: string;
    readonly round: number;
    readonly seatId: string;
  },
  change: RegisterChange,
): Promise<Refusal | null> {
  const stream = meetingStream(region, data.meetingId);
  const draft = { region, stream, type: 'meeting.desk-present', data } as const;
  return appendShownFact(client, draft, { projection: meetingProjection, change });
}
