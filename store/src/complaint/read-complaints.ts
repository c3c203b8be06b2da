import {
  regionRange,
  type ComplaintKind,
  type ComplaintOrigin,
  type ComplaintSentence,
  type ComplaintState,
  type Region,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import { isoText } from '#engine/iso-text.ts';
import type { Queryable } from '#engine/store.ts';

/** One complaint without a word anybody wrote. */
export interface ListedComplaint {
  readonly complaintId: string;
  readonly position: number;
  readonly region: Region;
  readonly kind: ComplaintKind;
  readonly sentences: readonly ComplaintSentence[];
  readonly origin: ComplaintOrigin;
  readonly state: ComplaintState;
  readonly raisedAt: string;
  /** The answer clock runs from here. */
  readonly dueFrom: string;
  readonly hasText: boolean;
}

/** With what was written. */
export interface ReadComplaint extends ListedComplaint {
  readonly receipt: string;
  readonly terminalId: string | null;
  readonly text: string;
  readonly contact: string;
  readonly gone: 'erased' | 'unreadable' | null;
  readonly takenUpAt: string | null;
  readonly takenUpBy: string | null;
  readonly reopenedAt: string | null;
}

export interface GivenAnswer {
  readonly at: string;
  readonly text: string;
  readonly accountId: string;
}

const lineColumns = `
  c.complaint_id as "complaintId", c.position, c.region, c.kind, c.sentences, c.origin, c.state,
  c.raised_at as "raisedAt", c.due_from as "dueFrom", c.sealed is not null
    or coalesce(t.text, '') <> '' or coalesce(t.contact, '') <> '' as "hasText"`;

/** Somebody never sees what is about them: not that it was raised, and not by whom. */
const notAbout = (parameter: string) => `t.about_login is distinct from ${parameter}`;

export interface ComplaintPage {
  readonly scope: Region;
  /** Of whoever reads. */
  readonly login: string;
  readonly onlyOpen: boolean;
  readonly limit: number;
  /** The last position of the page before. */
  readonly from: number | null;
}

/** Those that wait for an answer, the longest waiting first; or all, newest first. */
export async function listComplaints(
  db: Queryable,
  _receipt: AuditReceipt,
  page: ComplaintPage,
): Promise<ListedComplaint[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<ListedComplaint>(
    `select ${lineColumns} from complaint c left join complaint_text t using (complaint_id)
     where c.region >= $1 and c.region < $2 and ${notAbout('$3')}
       and ${page.onlyOpen ? `c.state <> 'answered'` : 'true'}
       and ($4::bigint is null or c.position ${page.onlyOpen ? '>' : '<'} $4)
     order by c.position ${page.onlyOpen ? 'asc' : 'desc'} limit $5`,
    [from, to, page.login, page.from, page.limit],
  );
  return rows;
}

/** The region of a complaint that this login may hear of; null where there is none. */
export async function findComplaintRegion(
  db: Queryable,
  { complaintId, login }: { readonly complaintId: string; readonly login: string | null },
): Promise<Region | null> {
  const { rows } = await db.query<{ region: string }>(
    `select c.region from complaint c left join complaint_text t using (complaint_id)
     where c.complaint_id = $1 and ($2::text is null or ${notAbout('$2')})`,
    [complaintId, login],
  );
  return rows[0]?.region ?? null;
}

/** One with everything; null where there is none. The receipt proves that this reading was audited. */
export async function readComplaint(
  db: Queryable,
  _receipt: AuditReceipt,
  complaintId: string,
): Promise<ReadComplaint | null> {
  const { rows } = await db.query<ReadComplaint>(
    `select ${lineColumns}, c.receipt, c.terminal_id as "terminalId",
            coalesce(t.text, '') as text, coalesce(t.contact, '') as contact,
            case when t.unreadable then 'unreadable' when t.erased_at is not null then 'erased'
              end as gone,
            c.taken_up_at as "takenUpAt", c.taken_up_by as "takenUpBy",
            c.reopened_at as "reopenedAt"
     from complaint c left join complaint_text t using (complaint_id) where c.complaint_id = $1`,
    [complaintId],
  );
  return rows[0] ?? null;
}

/** The answers of a complaint, in order: one, and one more after a reopening. */
export async function listAnswers(db: Queryable, complaintId: string): Promise<GivenAnswer[]> {
  const { rows } = await db.query<GivenAnswer>(
    `select at, text, account_id as "accountId" from complaint_answer
     where complaint_id = $1 order by at, fact_id`,
    [complaintId],
  );
  return rows;
}

/** What the holder of a receipt is told. */
export interface StandingRow {
  readonly complaintId: string;
  readonly kind: ComplaintKind;
  readonly state: ComplaintState;
  readonly raisedAt: string;
  readonly dueFrom: string;
  readonly answers: readonly { readonly at: string; readonly text: string }[];
  readonly hasBeenReopened: boolean;
}

/**
 * The complaint with this receipt in the scope; null where there is none. Null, too, where two have
 * it: nobody is shown another's answer.
 */
export async function findByReceipt(
  db: Queryable,
  { receipt, scope }: { readonly receipt: string; readonly scope: Region },
): Promise<StandingRow | null> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<StandingRow>(
    `${standings} where c.receipt = $1 and c.region >= $2 and c.region < $3 limit 2`,
    [receipt, from, to],
  );
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** The newest complaints raised at a terminal, as it tells those who hold their receipts. */
export async function standingsAtTerminal(
  db: Queryable,
  { terminalId, limit }: { readonly terminalId: string; readonly limit: number },
): Promise<StandingRow[]> {
  const { rows } = await db.query<StandingRow>(
    `${standings} where c.terminal_id = $1 order by c.position desc limit $2`,
    [terminalId, limit],
  );
  return rows;
}

const standings = `
  select c.complaint_id as "complaintId", c.kind, c.state, c.raised_at as "raisedAt",
         c.due_from as "dueFrom", c.reopened_at is not null as "hasBeenReopened",
         coalesce((
           select jsonb_agg(jsonb_build_object('at', ${isoText('a.at')}, 'text', a.text)
                            order by a.at, a.fact_id)
           from complaint_answer a where a.complaint_id = c.complaint_id), '[]') as answers
  from complaint c`;
