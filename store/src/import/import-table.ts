import {
  regionRange,
  type ImportFault,
  type ImportKind,
  type ImportState,
  type ImportView,
  type Region,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** An import as it begins: nothing read yet. */
export interface NewImport {
  readonly importId: string;
  readonly kind: ImportKind;
  /** Nothing outside of it is taken from the file. */
  readonly region: Region;
  readonly actor: string;
  readonly fileName: string;
  readonly now: Temporal.Instant;
}

export interface ImportCounts {
  readonly rowsRead: number;
  readonly toAdd: number;
  readonly toChange: number;
  readonly same: number;
  readonly wrong: number;
}

/** 'SLIM': whoever begins, applies or undoes an import looks at the others one after the other. */
const importLock = 0x534c494d;
const busyStates: readonly ImportState[] = ['reading', 'applying', 'undoing'];

/**
 * Begins an import inside the caller's transaction; false where another one is at work in a region
 * above, on or below this one.
 */
export async function beginImport(db: Queryable, fresh: NewImport): Promise<boolean> {
  if (await isBusy(db, fresh.region)) return false;
  await db.query(
    `insert into import (import_id, kind, state, region, actor, file_name, made_at)
     values ($1, $2, 'reading', $3, $4, $5, $6)`,
    [fresh.importId, fresh.kind, fresh.region, fresh.actor, fresh.fileName, fresh.now.toString()],
  );
  return true;
}

/** Whether an import is at work in a region above, on or below this one; others wait for the answer. */
export async function isBusy(db: Queryable, region: Region): Promise<boolean> {
  await db.query('select pg_advisory_xact_lock($1)', [importLock]);
  const { rowCount } = await db.query(
    `select from import where state = any ($2)
       and (starts_with(region, $1) or starts_with($1, region)) limit 1`,
    [region, busyStates],
  );
  return rowCount === 1;
}

/** Moves an import on; false where it is not (or no longer) in the state it is moved from. */
export async function moveImport(
  db: Queryable,
  importId: string,
  move: { readonly from: ImportState; readonly to: ImportState },
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update import set state = $3 where import_id = $1 and state = $2',
    [importId, move.from, move.to],
  );
  return rowCount === 1;
}

/** Tells how far the reading is; `rowsTotal` ends it. False where it was discarded meanwhile. */
export async function noteReading(
  db: Queryable,
  importId: string,
  counts: ImportCounts & { readonly rowsTotal: number | null },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update import set rows_read = $2, to_add = $3, to_change = $4, same = $5, wrong = $6,
       rows_total = $7::integer,
       state = case when $7::integer is null then state else 'checked' end
     where import_id = $1 and state = 'reading'`,
    [
      importId,
      counts.rowsRead,
      counts.toAdd,
      counts.toChange,
      counts.same,
      counts.wrong,
      counts.rowsTotal,
    ],
  );
  return rowCount === 1;
}

/** Ends an import that could not go on, with what was wrong; what was staged of it is dropped. */
export async function failImport(
  db: Queryable,
  importId: string,
  faults: readonly ImportFault[],
): Promise<void> {
  await db.query('delete from import_row where import_id = $1', [importId]);
  await db.query(
    `update import set state = 'failed', faults = $2
     where import_id = $1 and state in ('reading', 'applying')`,
    [importId, JSON.stringify(faults)],
  );
}

/** An undoing that could not be: the import stays as applied as it was, and says why. */
export async function stayApplied(
  db: Queryable,
  importId: string,
  faults: readonly ImportFault[],
): Promise<void> {
  await db.query(
    `update import set state = 'applied', faults = $2 where import_id = $1 and state = 'undoing'`,
    [importId, JSON.stringify(faults)],
  );
}

const view = `
  select import_id as "importId", seq, kind, state, region, file_name as "fileName",
         made_at as "madeAt", actor, rows_read as "rowsRead", rows_total as "rowsTotal",
         to_add as "toAdd", to_change as "toChange", same, wrong, applied_at as "appliedAt",
         undone_at as "undoneAt", faults
  from import`;

export async function findImport(db: Queryable, importId: string): Promise<ImportView | null> {
  const { rows } = await db.query<ImportView>(`${view} where import_id = $1`, [importId]);
  return rows[0] ?? null;
}

/** The imports of regions within the scope, newest first; `before` is the last seq shown. */
export async function listImports(
  db: Queryable,
  page: { readonly scope: Region; readonly before: number | null; readonly limit: number },
): Promise<ImportView[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<ImportView>(
    `${view} where region >= $1 and region < $2 and seq < coalesce($3::bigint, 9223372036854775807)
     order by seq desc limit $4`,
    [from, to, page.before, page.limit],
  );
  return rows;
}
