import type { Region } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Queryable, Store } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';

/** A device key as the broker needs it at the door. */
export interface TerminalSource {
  readonly source: string;
  readonly terminalId: string;
  readonly region: Region;
  readonly simulated: boolean;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
  /** 0 when nothing of it was settled yet; `headHash` is then null. */
  readonly headSeq: number;
  /** base64url. */
  readonly headHash: string | null;
  readonly revokedAt: string | null;
}

/** The source of that fingerprint, or null when it was never enrolled. */
export async function findSource(db: Queryable, source: string): Promise<TerminalSource | null> {
  const { rows } = await db.query<Omit<TerminalSource, 'headHash'> & { headHash: Buffer | null }>({
    name: 'find-source',
    text: `select s.source, s.terminal_id as "terminalId", t.region, t.simulated,
                  s.public_key as "publicKey", coalesce(h.seq, 0) as "headSeq", h.hash as "headHash",
                  s.revoked_at as "revokedAt"
           from terminal_source s join terminal t using (terminal_id)
           left join source_head h using (source)
           where s.source = $1`,
    values: [source],
  });
  const row = rows[0];
  return row === undefined
    ? null
    : { ...row, headHash: row.headHash?.toString('base64url') ?? null };
}

export interface Revocation {
  readonly terminalId: string;
  /** ISO instant. */
  readonly now: string;
  /** Who did it: `account:…` or `system:…`. */
  readonly actor: string;
  /** The command's id. */
  readonly cause?: string;
}

/**
 * Ends the terminal's device key and its unused codes; channel `revoked` is told the source and
 * `terminal.revoked` is appended, all in one transaction. Returns the sources that ended.
 */
export function revokeTerminal(store: Store, revocation: Revocation): Promise<string[]> {
  return inTransaction(store, async (client) => {
    await client.query('delete from enrolment_code where terminal_id = $1 and used_at is null', [
      revocation.terminalId,
    ]);
    const { rows } = await client.query<{ source: string; region: Region }>(
      `update terminal_source s set revoked_at = $2 from terminal t
       where t.terminal_id = s.terminal_id and s.terminal_id = $1 and s.revoked_at is null
       returning s.source, t.region`,
      [revocation.terminalId, revocation.now],
    );
    if (rows.length === 0) return [];
    for (const { source } of rows) await client.query(`select pg_notify('revoked', $1)`, [source]);
    await appendCentreFacts(
      client,
      rows.map(({ source, region }) => ({
        at: revocation.now,
        region,
        stream: `terminal/${region}/${revocation.terminalId}`,
        type: 'terminal.revoked',
        world: 'actual',
        actor: revocation.actor,
        ...(revocation.cause === undefined ? {} : { cause: revocation.cause }),
        data: { terminalId: revocation.terminalId, source },
      })),
    );
    return rows.map(({ source }) => source);
  });
}
