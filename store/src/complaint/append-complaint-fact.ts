import type { FactData, Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant } from '#register/add-people.ts';
import { complaintProjection } from './complaint-projection.ts';

type ComplaintFact =
  | 'complaint.raised'
  | 'complaint.taken-up'
  | 'complaint.answered'
  | 'complaint.reopened';

/** Who does something to a complaint, and when. */
export interface ComplaintChange {
  readonly now: Temporal.Instant;
  /** `account:…`; `system:complaint` for whoever raises or reopens one: nobody asks who that is. */
  readonly actor: string;
  /** The command's id. */
  readonly cause?: string;
}

/** A fact before it has a time and an actor. */
export interface ComplaintDraft<T extends ComplaintFact> {
  readonly id?: string;
  readonly region: string;
  readonly type: T;
  readonly data: FactData<T>;
}

/** Appends one fact of a complaint in the caller's transaction and shows it in `complaint` at once. */
export async function appendComplaintFact<T extends ComplaintFact>(
  client: Client,
  { id, region, type, data }: ComplaintDraft<T>,
  change: ComplaintChange,
): Promise<Refusal | null> {
  const at = factInstant(change.now.round('millisecond'));
  const appended = await appendCentreFacts(client, [
    {
      ...(id === undefined ? {} : { id }),
      at,
      region,
      stream: `complaint/${region}/${data.complaintId}`,
      type,
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data,
    },
  ]);
  if ('refused' in appended) return appended;
  const [fact] = appended.facts;
  if (fact === undefined) throw new Error(`The fact ${type} was not appended.`);
  const entry = { position: appended.position, fact, body: '', receivedAt: at };
  await complaintProjection.apply(client, [entry]);
  return null;
}
