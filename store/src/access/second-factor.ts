import type { Queryable } from '#engine/store.ts';

/** 动态口令. The second factor of an account; `confirmedAt` null = offered, no code of it seen yet. */
export interface SecondFactor {
  /** As `sealFactorSecret` made it. */
  readonly sealed: Buffer;
  readonly confirmedAt: string | null;
  /** Since the last right one. */
  readonly wrongCodes: number;
}

export async function findFactor(
  store: Queryable,
  accountId: string,
): Promise<SecondFactor | null> {
  const { rows } = await store.query<{
    secret: Buffer;
    confirmed_at: string | null;
    wrong_codes: number;
  }>('select secret, confirmed_at, wrong_codes from second_factor where account_id = $1', [
    accountId,
  ]);
  const [row] = rows;
  if (row === undefined) return null;
  return { sealed: row.secret, confirmedAt: row.confirmed_at, wrongCodes: row.wrong_codes };
}

/** Offers a secret; an unconfirmed one before it is forgotten. False where one is confirmed already. */
export async function offerFactor(
  store: Queryable,
  offer: { readonly accountId: string; readonly sealed: Buffer; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rowCount } = await store.query(
    `insert into second_factor (account_id, secret, made_at) values ($1, $2, $3)
     on conflict (account_id) do update
       set secret = excluded.secret, made_at = excluded.made_at, wrong_codes = 0
       where second_factor.confirmed_at is null`,
    [offer.accountId, offer.sealed, offer.now.toString()],
  );
  return rowCount === 1;
}

/**
 * A code of the very secret offered was seen: it counts from now on, and that code is used up. False
 * where another was faster, or the secret is not the one on offer any more.
 */
export async function confirmFactor(
  store: Queryable,
  seen: {
    readonly accountId: string;
    readonly sealed: Buffer;
    readonly step: number;
    readonly now: Temporal.Instant;
  },
): Promise<boolean> {
  const { rowCount } = await store.query(
    `update second_factor set confirmed_at = $4, last_step = $3, wrong_codes = 0
     where account_id = $1 and secret = $2 and confirmed_at is null`,
    [seen.accountId, seen.sealed, seen.step, seen.now.toString()],
  );
  return rowCount === 1;
}

/**
 * Uses a time step up: true once for each, and never for an older one (RFC 6238, 5.2). Two codes at
 * once: one of them gets false, for the row is changed where it is compared.
 */
export async function takeStep(
  store: Queryable,
  { accountId, step }: { readonly accountId: string; readonly step: number },
): Promise<boolean> {
  const { rowCount } = await store.query(
    `update second_factor set last_step = $2, wrong_codes = 0
     where account_id = $1 and last_step < $2 and confirmed_at is not null`,
    [accountId, step],
  );
  return rowCount === 1;
}

/** Notes a code as wrong before it is looked at: how many that makes since the last right one. */
export async function noteCode(store: Queryable, accountId: string): Promise<number> {
  const { rows } = await store.query<{ wrong_codes: number }>(
    `update second_factor set wrong_codes = wrong_codes + 1
     where account_id = $1 returning wrong_codes`,
    [accountId],
  );
  return rows[0]?.wrong_codes ?? 0;
}

/**
 * Forgets an account's second factor with its recovery codes, and what its sessions proved by it; false
 * where it had none.
 */
export async function removeFactor(store: Queryable, accountId: string): Promise<boolean> {
  const { rows } = await store.query<{ removed: number }>(
    `with removed as (delete from second_factor where account_id = $1 returning account_id),
     lowered as (
       update session set second_factor_at = null
       where account_id in (select account_id from removed))
     select count(*)::int as removed from removed`,
    [accountId],
  );
  return rows[0]?.removed === 1;
}
