import { meetingStream, type FactData, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendManyCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';

export type MeetingFact =
  | 'meeting.called'
  | 'meeting.opened'
  | 'meeting.steered'
  | 'meeting.hand'
  | 'meeting.attended'
  | 'meeting.ended'
  | 'meeting.recorded'
  | 'meeting.erased';

/** A fact of the centre about a meeting before it has a time and an actor. */
export interface MeetingDraft<T extends MeetingFact = MeetingFact> {
  readonly region: string;
  readonly type: T;
  readonly data: FactData<T>;
}

/** Appends them in the caller's transaction, last: the log is locked until its end. None is fine. */
export function appendMeetingFacts(
  client: Client,
  drafts: readonly MeetingDraft[],
  { now, actor, cause }: Pick<RegisterChange, 'now' | 'actor' | 'cause'>,
): Promise<Refusal | null> {
  return appendManyCentreFacts(
    client,
    drafts.map(({ region, type, data }) => ({
      at: factInstant(now.round('millisecond')),
      region,
      stream: meetingStream(region, data.meetingId),
      type,
      world: 'actual',
      actor,
      ...(cause === undefined ? {} : { cause }),
      data,
    })),
  );
}
