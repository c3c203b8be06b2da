import { randomUUIDv7 } from 'node:crypto';
import type { ComplaintState, Refusal, Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { factInstant } from '#register/add-people.ts';
import { appendComplaintFact, type ComplaintChange } from './append-complaint-fact.ts';

/** What a decision about a complaint rests on. */
export interface ComplaintCase {
  readonly complaintId: string;
  readonly region: Region;
  readonly state: ComplaintState;
  readonly hasBeenReopened: boolean;
  /** The account it is about, by login; null = nobody was named. */
  readonly aboutLogin: string | null;
}

/** The complaint, locked until the end of the transaction; null = there is none. */
export async function holdComplaint(
  client: Client,
  complaintId: string,
): Promise<ComplaintCase | null> {
  const { rows } = await client.query<ComplaintCase>(
    `select c.complaint_id as "complaintId", c.region, c.state,
            c.reopened_at is not null as "hasBeenReopened", t.about_login as "aboutLogin"
     from complaint c left join complaint_text t using (complaint_id)
     where c.complaint_id = $1 for update of c`,
    [complaintId],
  );
  return rows[0] ?? null;
}

/** 受理. The caller holds the complaint and has decided. */
export function takeUpComplaint(
  client: Client,
  { complaintId, region }: ComplaintCase,
  change: ComplaintChange,
): Promise<Refusal | null> {
  const draft = { region, type: 'complaint.taken-up', data: { complaintId } } as const;
  return appendComplaintFact(client, draft, change);
}

/** 答复. The words stand beside the log; the fact says that they were given, when and by whom. */
export async function answerComplaint(
  client: Client,
  { complaintId, region }: ComplaintCase,
  answer: ComplaintChange & { readonly text: string; readonly accountId: string },
): Promise<Refusal | null> {
  const id = randomUUIDv7();
  await client.query(
    `insert into complaint_answer (fact_id, complaint_id, text, at, account_id)
     values ($1, $2, $3, $4, $5)`,
    [id, complaintId, answer.text, factInstant(answer.now), answer.accountId],
  );
  const draft = { id, region, type: 'complaint.answered', data: { complaintId } } as const;
  return appendComplaintFact(client, draft, answer);
}

/** 再次提出, by whoever holds the receipt. */
export function reopenComplaint(
  client: Client,
  { complaintId, region }: ComplaintCase,
  now: Temporal.Instant,
): Promise<Refusal | null> {
  const draft = { region, type: 'complaint.reopened', data: { complaintId } } as const;
  return appendComplaintFact(client, draft, { now, actor: 'system:complaint' });
}
