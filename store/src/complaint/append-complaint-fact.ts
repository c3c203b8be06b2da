import type { FactData, Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
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
export function appendComplaintFact<T extends ComplaintFact>(
  client: Client,
  draft: ComplaintDraft<T>,
  change: ComplaintChange,
): Promise<Refusal | null> {
  const stream = `complaint/${draft.region}/${draft.data.complaintId}`;
  return appendShownFact(client, { ...draft, stream }, { projection: complaintProjection, change });
}
