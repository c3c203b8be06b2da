import type { ChainHead } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Where the source's chain stands, or null when nothing of it was ever settled. */
export async function loadHead(db: Queryable, source: string): Promise<ChainHead | null> {
  const { rows } = await db.query<{ seq: number; hash: Buffer }>(
    'select seq, hash from source_head where source = $1',
    [source],
  );
  const row = rows[0];
  return row === undefined ? null : { seq: row.seq, hash: row.hash.toString('base64url') };
}

/** The heads of many sources at once, by source; those without one are missing. */
export async function loadHeads(
  db: Queryable,
  sources: readonly string[],
): Promise<Map<string, ChainHead>> {
  const { rows } = await db.query<{ source: string; seq: number; hash: Buffer }>(
    'select source, seq, hash from source_head where source = any ($1)',
    [sources],
  );
  return new Map(
    rows.map((row) => [row.source, { seq: row.seq, hash: row.hash.toString('base64url') }]),
  );
}

/** What became of the seqs `from..to` (inclusive) of a source; a seq never seen is missing. */
export async function loadSettled(
  db: Queryable,
  range: { readonly source: string; readonly from: number; readonly to: number },
): Promise<Map<number, Settled>> {
  const { rows } = await db.query<{
    seq: number;
    hash: Buffer;
    reason: string | null;
    message: string | null;
  }>(
    `select seq, hash, null as reason, null as message
       from log where source = $1 and seq between $2 and $3
     union all
     select seq, hash, reason, message
       from quarantine where source = $1 and seq between $2 and $3 and settled`,
    [range.source, range.from, range.to],
  );
  return new Map(
    rows.map(({ seq, hash, reason, message }) => [
      seq,
      {
        hash: hash.toString('base64url'),
        rejected: reason === null ? null : { reason, message: message ?? '' },
      },
    ]),
  );
}

/** `hash`: base64url. `rejected`: null when the fact stands in the log. */
export interface Settled {
  readonly hash: string;
  readonly rejected: { readonly reason: string; readonly message: string } | null;
}
