import { regionPath, type ReadingView, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import type { AuditReceipt } from './audit.ts';

/*
 * 谁查看过. What the audit says of a person: rows about them by id, and rows that read the names of
 * their village or of a region above it (the view `reading`).
 */

interface ReadingRow {
  readonly seq: number;
  readonly at: string;
  readonly what: string;
  readonly purpose: string;
  readonly subject: string | null;
  readonly login: string | null;
  readonly roles: ReadingView['roles'] | null;
  readonly accountRegion: string | null;
}

const columns = `
  r.seq, r.at, r.what, r.purpose, r.subject, a.login, a.roles, a.region as "accountRegion"`;
const withAccount = `left join account a on r.who = 'account:' || a.account_id`;

export interface ReadingPage {
  readonly personId: string;
  /** The person's village. */
  readonly region: Region;
  readonly limit: number;
  /** The last seq of the page before. */
  readonly before: number | null;
}

/** Who read about a person, newest first. The receipt proves that this reading, too, was audited. */
export async function listReadings(
  db: Queryable,
  _receipt: AuditReceipt,
  page: ReadingPage,
): Promise<ReadingView[]> {
  const { rows } = await db.query<ReadingRow>(
    `select ${columns} from reading r ${withAccount}
     where r.region = any ($1) and coalesce(r.subject, $2) in ($2)
       and ($3::bigint is null or r.seq < $3)
     order by r.seq desc limit $4`,
    [regionPath(page.region), subjectOf(page.personId), page.before, page.limit],
  );
  return rows.map(toReading);
}

/** How far back a terminal's list looks; the console's has no such end. */
const auditRowsForTerminals = 100_000;

/**
 * For a village's terminal, newest first: the last of the whole village, and the last of each active
 * person; `each` of both.
 */
export async function readingsOfVillage(
  db: Queryable,
  village: { readonly region: Region; readonly each: number; readonly limit: number },
): Promise<ReadingView[]> {
  const { rows } = await db.query<ReadingRow>(
    `select ${columns} from (
       select *, row_number() over (partition by subject order by seq desc) as nth
       from reading
       where seq > (select max(seq) from audit) - $5 and region = any ($1) and (subject is null or subject in (
         select 'person:' || person_id from person where region = $2 and slot is not null))
     ) r ${withAccount}
     where r.nth <= $3 order by r.seq desc limit $4`,
    [
      regionPath(village.region),
      village.region,
      village.each,
      village.limit,
      auditRowsForTerminals,
    ],
  );
  return rows.map(toReading);
}

const personPrefix = 'person:';

function subjectOf(personId: string): string {
  return personPrefix + personId;
}

function toReading({ subject, roles, ...row }: ReadingRow): ReadingView {
  const personId = subject?.slice(personPrefix.length) ?? null;
  return { ...row, roles: roles ?? [], personId };
}
