import { createHash } from 'node:crypto';
import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** 审计. One thing somebody read or did. Never a name of a person read about: ids only. */
export interface AuditEntry {
  /** `account:<id>`, `viewer:<id>` or `system:<name>`. */
  readonly who: string;
  /** What was read or done, such as `people.read`. */
  readonly what: string;
  readonly region: Region;
  /** Why, such as `duty-watch`. */
  readonly purpose: string;
  readonly subject: string | null;
}

export interface AuditRow extends AuditEntry {
  readonly seq: number;
  readonly at: string;
}

declare const written: unique symbol;

/** Proof that an audit row stands; functions that return names ask for it. */
export interface AuditReceipt {
  readonly seq: number;
  readonly [written]: true;
}

/** 'SLAU': serialises audit appends, so that the chain has one order. */
const auditLock = 0x534c4155;

/** Appends one row to the chain; alone it commits at once, in a transaction with it. */
export async function appendAudit(
  store: Queryable,
  { entry, now }: { readonly entry: AuditEntry; readonly now: Temporal.Instant },
): Promise<AuditReceipt> {
  const at = now.round('millisecond').toString({ fractionalSecondDigits: 3 });
  // One statement: the lock is taken before the head is read, for a function runs in its own snapshot.
  const { rows } = await store.query<{ seq: number }>(
    'select append_audit($1, $2, $3, $4, $5, $6, $7) as seq',
    [auditLock, at, entry.who, entry.what, entry.region, entry.purpose, entry.subject],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('append_audit returned no row.');
  // The brand exists in types only; this is the one place that makes it.
  return { seq: row.seq } as AuditReceipt;
}

/** Which audit rows; what is not given does not narrow. */
export interface AuditFilter {
  /** The login of an account, or a kind of `who`: `account`, `viewer`, `system`. */
  readonly who?: string;
  readonly what?: string;
  readonly purpose?: string;
  /** From this instant on. */
  readonly since?: string;
  /** Before this instant. */
  readonly until?: string;
}

export interface AuditPage {
  readonly scope: Region;
  /** The last seq shown; null = the newest page. */
  readonly before: number | null;
  readonly limit: number;
  readonly filter?: AuditFilter;
}

/** The audit rows of regions within the scope, newest first. */
export async function listAudit(store: Queryable, page: AuditPage): Promise<AuditRow[]> {
  const { from, to } = regionRange(page.scope);
  const { who, what, purpose, since, until } = page.filter ?? {};
  const { rows } = await store.query<{ body: string }>(
    `select body from audit
     where region >= $1 and region < $2 and seq < coalesce($3::bigint, 9223372036854775807)
       and ($5::text is null or split_part(who, ':', 1) = $5
            or who in (select 'account:' || account_id from account where login = $5))
       and ($6::text is null or what = $6)
       and ($7::text is null or body::json ->> 'purpose' = $7)
       and ($8::timestamptz is null or at >= $8) and ($9::timestamptz is null or at < $9)
     order by seq desc limit $4`,
    [
      from,
      to,
      page.before,
      page.limit,
      who ?? null,
      what ?? null,
      purpose ?? null,
      since ?? null,
      until ?? null,
    ],
  );
  return rows.map((row) => auditRowOf(row.body));
}

function auditRowOf(body: string): AuditRow {
  // The body was written by append_audit and is checked by verifyAudit.
  return JSON.parse(body) as AuditRow;
}

/** Where the chain ends; note it elsewhere to prove later that nothing was cut off its end. */
export interface AuditHead {
  readonly seq: number;
  /** Hexadecimal; empty when there are no rows. */
  readonly hash: string;
}

export interface AuditVerdict {
  readonly head: AuditHead;
  readonly rows: number;
  /** The first row that is missing, changed or out of its chain; null when all is well. */
  readonly brokenAt: number | null;
}

const verifyRows = 2_000;

/** Recomputes the whole chain, in pages. `remembered` is a head noted earlier that must still be there. */
export async function verifyAudit(store: Queryable, remembered?: AuditHead): Promise<AuditVerdict> {
  let head: AuditHead = { seq: 0, hash: '' };
  for (;;) {
    const { rows } = await store.query<ChainRow>(
      `select seq, prev, hash, at, who, what, region, body from audit
       where seq > $1 order by seq limit $2`,
      [head.seq, verifyRows],
    );
    for (const row of rows) {
      if (!follows(head, row)) return { head, rows: head.seq, brokenAt: head.seq + 1 };
      head = { seq: head.seq + 1, hash: row.hash.toString('hex') };
      if (remembered?.seq === head.seq && remembered.hash !== head.hash) {
        return { head, rows: head.seq, brokenAt: head.seq };
      }
    }
    if (rows.length < verifyRows) break;
  }
  const isShort = remembered !== undefined && remembered.seq > head.seq;
  return { head, rows: head.seq, brokenAt: isShort ? head.seq + 1 : null };
}

interface ChainRow {
  readonly seq: number;
  readonly prev: Buffer;
  readonly hash: Buffer;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly region: string;
  readonly body: string;
}

/** The row carries on from the head, its hash is right, and its columns say what its body says. */
function follows(head: AuditHead, row: ChainRow): boolean {
  const hash = createHash('sha256').update(row.prev).update(row.body, 'utf8').digest();
  const isChained =
    row.seq === head.seq + 1 && row.prev.toString('hex') === head.hash && hash.equals(row.hash);
  return isChained && saysTheSame(row);
}

function saysTheSame({ seq, at, who, what, region, body }: ChainRow): boolean {
  try {
    const said = auditRowOf(body);
    return (
      said.seq === seq &&
      said.at === at &&
      said.who === who &&
      said.what === what &&
      said.region === region
    );
  } catch {
    return false; // A body that is no JSON was not written by append_audit.
  }
}
