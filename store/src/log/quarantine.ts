import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { limits } from '#limits.ts';

/** One refused fact or packet, kept as evidence. */
export interface QuarantineRow {
  readonly source: string;
  readonly seq: number;
  readonly region: Region;
  readonly terminalId: string;
  /** A RejectReason or PacketTrouble of contracts. */
  readonly reason: string;
  readonly message: string;
  /** True when the seq counts as done (a rejected fact), false for evidence of trouble. */
  readonly settled: boolean;
  /** base64url, null when the bytes were no fact at all. */
  readonly hash: string | null;
  readonly body: string | Uint8Array;
}

export interface QuarantineEntry extends Omit<QuarantineRow, 'body'> {
  readonly id: number;
  /** As text; bytes that are no UTF-8 are replaced. */
  readonly body: string;
  readonly receivedAt: string;
}

/**
 * Keeps refused facts; the same one sent again stands there once. Bodies are cut to
 * `limits.quarantineBodyBytes`; beyond about `limits.quarantineRows` the oldest evidence goes, except
 * where a source's head rests on it.
 */
export async function saveQuarantine(db: Queryable, rows: readonly QuarantineRow[]): Promise<void> {
  for (const row of rows) {
    await db.query(
      `insert into quarantine (source, seq, region, terminal_id, reason, message, settled, hash, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [
        row.source,
        row.seq,
        row.region,
        row.terminalId,
        row.reason,
        storable(row.message),
        row.settled,
        row.hash === null ? null : Buffer.from(row.hash, 'base64url'),
        Buffer.from(row.body).subarray(0, limits.quarantineBodyBytes),
      ],
    );
  }
  await db.query(
    `delete from quarantine q
     where q.id <= (select max(id) from quarantine) - $1
       and not exists (select from source_head h where h.source = q.source and h.seq = q.seq)`,
    [limits.quarantineRows],
  );
}

/** PostgreSQL's text cannot hold NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u2400');
}

/** The newest first, of one scope; `beforeId` is the last id of the page before. */
export async function listQuarantine(
  db: Queryable,
  scope: Region,
  page: { readonly limit: number; readonly beforeId?: number },
): Promise<QuarantineEntry[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<
    Omit<QuarantineEntry, 'hash' | 'body'> & { hash: Buffer | null; body: Buffer }
  >(
    `select id, source, seq, region, terminal_id as "terminalId", reason, message, settled, hash, body,
            received_at as "receivedAt"
     from quarantine
     where region >= $1 and region < $2 and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [range.from, range.to, page.beforeId ?? null, Math.min(page.limit, limits.rowsPerPage)],
  );
  return rows.map((row) => ({
    ...row,
    hash: row.hash?.toString('base64url') ?? null,
    body: row.body.toString('utf8'),
  }));
}

/** How many entries stand in quarantine. */
export async function countQuarantine(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*) as count from quarantine');
  return rows[0]?.count ?? 0;
}
