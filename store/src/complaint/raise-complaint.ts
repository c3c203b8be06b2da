import {
  isRefusal,
  refuse,
  type ComplaintOrigin,
  type ComplaintSentence,
  type RaiseComplaintRequest,
  type Refusal,
  type Region,
} from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { inRefusableTransaction } from '#register/in-refusable-transaction.ts';
import { appendComplaintFact } from './append-complaint-fact.ts';

/** A complaint from a page of the centre. */
export interface NewComplaint extends Omit<RaiseComplaintRequest, 'sentences'> {
  readonly sentences: readonly ComplaintSentence[];
  readonly region: Region;
  readonly origin: ComplaintOrigin;
}

/**
 * Takes a complaint, once an id. It runs outside `runCommand` and leaves no audit row: both would say
 * whose account it came from, and the page promises that nobody keeps that. Refuses `id-taken`.
 */
export async function raiseComplaint(
  store: Store,
  complaint: NewComplaint,
  now: Temporal.Instant,
): Promise<Refusal | null> {
  const result = await inRefusableTransaction(store, async (client) => {
    const isNew = await keepText(client, complaint);
    if (!isNew) return (await isTheSame(client, complaint)) ? 'done' : idTaken(complaint);
    const { complaintId, region, kind, sentences, origin } = complaint;
    const data = { complaintId, kind, sentences: [...sentences], origin };
    const draft = { region, type: 'complaint.raised', data } as const;
    return (await appendComplaintFact(client, draft, { now, actor: 'system:complaint' })) ?? 'done';
  });
  return isRefusal(result) ? result : null;
}

/** False = this id is known. A concurrent first time is waited for by the insert itself. */
async function keepText(client: Client, complaint: NewComplaint): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into complaint_text (complaint_id, text, contact, about_login)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [complaint.complaintId, complaint.text, complaint.contact, aboutLogin(complaint)],
  );
  return rowCount === 1;
}

async function isTheSame(client: Client, complaint: NewComplaint): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    `select c.region = $2 and c.kind = $3 and c.sentences = $4 and t.text = $5 and t.contact = $6
              and t.about_login is not distinct from $7 as same
     from complaint c join complaint_text t using (complaint_id) where complaint_id = $1`,
    [
      complaint.complaintId,
      complaint.region,
      complaint.kind,
      complaint.sentences,
      complaint.text,
      complaint.contact,
      aboutLogin(complaint),
    ],
  );
  return rows[0]?.same === true;
}

/** Logins are kept in lower case. */
function aboutLogin(complaint: NewComplaint): string | null {
  const login = (complaint.aboutLogin ?? '').trim().toLowerCase();
  return login === '' ? null : login;
}

function idTaken({ complaintId }: NewComplaint): Refusal {
  return refuse('id-taken', `The id ${complaintId} was used for something else. Begin again.`);
}
