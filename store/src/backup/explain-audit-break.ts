import type { Queryable } from '#engine/store.ts';

/** Why the audit's chain ends at a row. Hashes are hexadecimal. */
export interface AuditBreak {
  readonly seq: number;
  readonly problem: string;
  readonly expected: string;
  /** What is there; '' = nothing. */
  readonly found: string;
}

/** What is wrong with the row that `verifyAudit` named. Never a name of a person: ids and hashes only. */
export async function explainAuditBreak(db: Queryable, seq: number): Promise<AuditBreak> {
  const before = await readRow(db, seq - 1);
  const row = await readRow(db, seq);
  if (row === null) return explainGap(db, { seq, before });
  const prev = before?.hash ?? '';
  if (row.prev !== prev) {
    const problem = 'It does not follow the row before it.';
    return { seq, problem, expected: prev, found: row.prev };
  }
  if (row.hash !== row.computed) {
    const problem = 'What it says was changed: it is not what was hashed.';
    return { seq, problem, expected: row.hash, found: row.computed };
  }
  const column = differingColumn(row) ?? 'at';
  const problem = `Its column ${column} does not say what its text says.`;
  return { seq, problem, expected: row.body, found: `${row.columns[column] ?? ''}` };
}

async function explainGap(
  db: Queryable,
  { seq, before }: { readonly seq: number; readonly before: AuditRow | null },
): Promise<AuditBreak> {
  const { rows } = await db.query<{ next: number | null }>(
    'select min(seq) as next from audit where seq > $1',
    [seq],
  );
  const next = rows[0]?.next ?? null;
  const expected = `a row ${seq} after ${before?.hash ?? 'nothing'}`;
  if (next === null) return { seq, problem: 'Its end was cut off.', expected, found: '' };
  return { seq, problem: 'It is missing.', expected, found: `row ${next}` };
}

interface AuditRow {
  readonly prev: string;
  readonly hash: string;
  readonly computed: string;
  readonly columns: Readonly<Record<string, string | number>>;
  readonly body: string;
}

async function readRow(db: Queryable, seq: number): Promise<AuditRow | null> {
  const { rows } = await db.query<AuditRow>(
    `select encode(prev, 'hex') as prev, encode(hash, 'hex') as hash, body,
            encode(sha256(prev || convert_to(body, 'UTF8')), 'hex') as computed,
            json_build_object('seq', seq, 'who', who, 'what', what, 'region', region) as columns
     from audit where seq = $1`,
    [seq],
  );
  return rows[0] ?? null;
}

/** The first column that says something else than the text; `at` where all others are the same. */
function differingColumn({ body, columns }: AuditRow): string | null {
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said !== 'object' || said === null) return 'body';
    const told = new Map(Object.entries(said));
    return Object.keys(columns).find((name) => told.get(name) !== columns[name]) ?? null;
  } catch {
    return 'body';
  }
}
