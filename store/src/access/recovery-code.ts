import type { Queryable } from '#engine/store.ts';
import { hashToken } from './token.ts';

/** 备用码. New codes in place of all before; only their hashes are kept. */
export async function replaceRecoveryCodes(
  store: Queryable,
  { accountId, codes }: { readonly accountId: string; readonly codes: readonly string[] },
): Promise<void> {
  await store.query('delete from recovery_code where account_id = $1', [accountId]);
  await store.query(
    'insert into recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])',
    [accountId, codes.map(hashToken)],
  );
}

/**
 * Uses a recovery code up: true once, and the wrong codes before it are forgotten. Two at once: one of
 * them gets false.
 */
export async function useRecoveryCode(
  store: Queryable,
  use: { readonly accountId: string; readonly code: string; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await store.query<{ used: number }>(
    `with used as (
       update recovery_code set used_at = $3
       where account_id = $1 and code_hash = $2 and used_at is null returning account_id),
     cleared as (
       update second_factor set wrong_codes = 0 where account_id in (select account_id from used))
     select count(*)::int as used from used`,
    [use.accountId, hashToken(use.code), use.now.toString()],
  );
  return rows[0]?.used === 1;
}

/** How many recovery codes an account has left. */
export async function countRecoveryCodes(store: Queryable, accountId: string): Promise<number> {
  const { rows } = await store.query<{ left: number }>(
    `select count(*)::int as left from recovery_code where account_id = $1 and used_at is null`,
    [accountId],
  );
  return rows[0]?.left ?? 0;
}
