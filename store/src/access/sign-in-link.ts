import type { Queryable } from '#engine/store.ts';
import { hashToken, newToken } from './token.ts';

/** How long a sign-in link lives. */
export const signInLinkLifetime = Temporal.Duration.from({ minutes: 10 });

/**
 * A one-time sign-in token for an account, good for ten minutes. Earlier unused ones end with it.
 * `token`: drawn by the caller.
 */
export async function issueSignInLink(
  store: Queryable,
  issue: {
    readonly accountId: string;
    readonly now: Temporal.Instant;
    readonly token?: string;
  },
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const { accountId, now, token = newToken() } = issue;
  const expiresAt = now.add(signInLinkLifetime).toString();
  await store.query(
    `with ended as (
       update sign_in_link set expires_at = least(expires_at, $3)
       where account_id = $2 and used_at is null)
     insert into sign_in_link (token_hash, account_id, created_at, expires_at)
     values ($1, $2, $3, $4)`,
    [hashToken(token), accountId, now.toString(), expiresAt],
  );
  return { token, expiresAt };
}

/** Whose link it is while it may still be used, else null. Uses nothing up. */
export async function findSignInLink(
  store: Queryable,
  { token, now }: { readonly token: string; readonly now: Temporal.Instant },
): Promise<string | null> {
  const { rows } = await store.query<{ account_id: string }>(
    `select account_id from sign_in_link join account using (account_id)
     where token_hash = $1 and used_at is null and expires_at > $2 and disabled_at is null`,
    [hashToken(token), now.toString()],
  );
  return rows[0]?.account_id ?? null;
}

/** Uses a link up: the account id once, null ever after. Two at once: one of them gets null. */
export async function useSignInLink(
  store: Queryable,
  { token, now }: { readonly token: string; readonly now: Temporal.Instant },
): Promise<string | null> {
  const { rows } = await store.query<{ account_id: string }>(
    `update sign_in_link set used_at = $2
     where token_hash = $1 and used_at is null and expires_at > $2
     returning account_id`,
    [hashToken(token), now.toString()],
  );
  return rows[0]?.account_id ?? null;
}
