import type { ImportFault, ImportOutcome, ImportRowErrors } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** An id number as it may be kept: sealed, as a keyed hash, and masked for the eye. */
export interface SealedNumber {
  readonly cipher: Buffer;
  readonly hash: Buffer;
  readonly masked: string;
}

/** A row of the sheet as it was judged. */
export interface StagedRow {
  readonly row: number;
  readonly outcome: ImportOutcome;
  readonly targetId: string | null;
  /** Of a change: the register's digest of what it would change. */
  readonly seen: Buffer | null;
  readonly body: object | null;
  readonly number: SealedNumber | null;
  readonly faults: readonly ImportFault[];
}

/** Keeps judged rows of one import. A wrong one keeps nothing but what is wrong. */
export async function stageRows(
  db: Queryable,
  importId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  const kept = rows.map((row) => (row.outcome === 'wrong' ? emptied(row) : row));
  await db.query(
    `insert into import_row
       (import_id, row, outcome, target_id, seen, body, id_cipher, id_hash, id_masked, faults)
     select $1, g.* from unnest($2::int[], $3::text[], $4::uuid[], $5::bytea[], $6::jsonb[],
       $7::bytea[], $8::bytea[], $9::text[], $10::jsonb[]) g`,
    [
      importId,
      kept.map((row) => row.row),
      kept.map((row) => row.outcome),
      kept.map((row) => row.targetId),
      kept.map((row) => row.seen),
      kept.map((row) => (row.body === null ? null : JSON.stringify(row.body))),
      kept.map((row) => row.number?.cipher ?? null),
      kept.map((row) => row.number?.hash ?? null),
      kept.map((row) => row.number?.masked ?? null),
      kept.map((row) => JSON.stringify(row.faults)),
    ],
  );
}

function emptied(row: StagedRow): StagedRow {
  return { ...row, targetId: null, seen: null, body: null, number: null };
}

/** Rows staged as right that turned out wrong by a later one: they keep nothing but their faults. */
export async function spoilRows(
  db: Queryable,
  importId: string,
  faults: readonly (ImportFault & { readonly row: number })[],
): Promise<void> {
  await db.query(
    `update import_row r set outcome = 'wrong', target_id = null, seen = null, body = null,
       id_cipher = null, id_hash = null, id_masked = null, faults = r.faults || spoilt.faults
     from (select row, jsonb_agg(fault order by nth) as faults
           from unnest($2::int[], $3::jsonb[]) with ordinality g (row, fault, nth) group by row) spoilt
     where r.import_id = $1 and r.row = spoilt.row`,
    [importId, faults.map((fault) => fault.row), faults.map((fault) => JSON.stringify(fault))],
  );
}

/** How many rows stand staged with each outcome. */
export async function countStaged(
  db: Queryable,
  importId: string,
): Promise<Readonly<Record<ImportOutcome, number>>> {
  const { rows } = await db.query<{ outcome: ImportOutcome; n: number }>(
    'select outcome, count(*)::int as n from import_row where import_id = $1 group by outcome',
    [importId],
  );
  const count = (outcome: ImportOutcome) => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  return {
    add: count('add'),
    change: count('change'),
    same: count('same'),
    wrong: count('wrong'),
  };
}

/** The wrong rows after a row of the sheet, in their order. */
export async function listRowErrors(
  db: Queryable,
  importId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<ImportRowErrors[]> {
  const { rows } = await db.query<ImportRowErrors>(
    `select row, faults from import_row
     where import_id = $1 and outcome = 'wrong' and row > $2 order by row limit $3`,
    [importId, page.after, page.limit],
  );
  return rows;
}
