import { randomUUID } from 'node:crypto';
import type { AccountRole, Region, SessionView } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { signInLinkLifetime } from './sign-in-link.ts';
import { hashToken, newToken } from './token.ts';

/** 会话. One signed-in browser. */
export type Session = Omit<SessionView, 'current'>;

export interface NewSession {
  readonly accountId: string;
  readonly address: string;
  readonly agent: string;
  readonly now: Temporal.Instant;
  /** Absolute: no use prolongs it. */
  readonly lifetime: Temporal.Duration;
}

/** Opens a session; the token is returned once and kept only as its hash. */
export async function createSession(
  store: Queryable,
  session: NewSession,
): Promise<{ readonly token: string; readonly sessionId: string }> {
  const token = newToken();
  const sessionId = randomUUID();
  await store.query(
    `insert into session
       (session_id, token_hash, account_id, address, agent, created_at, seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [
      sessionId,
      hashToken(token),
      session.accountId,
      session.address,
      session.agent.slice(0, 256),
      session.now.toString(),
      session.now.add(session.lifetime).toString(),
    ],
  );
  return { token, sessionId };
}

export interface SessionAccount {
  readonly sessionId: string;
  readonly accountId: string;
  readonly login: string;
  readonly roles: readonly AccountRole[];
  readonly region: Region;
  /** The browser it was opened in, as it named itself; '' = opened by none. */
  readonly agent: string;
  /** The account has a confirmed second factor. */
  readonly isFactorSetUp: boolean;
  /** This session proved the second factor. */
  readonly hasSecondFactor: boolean;
}

/**
 * The account behind a session token, or null when it is unknown, revoked, past its end or idle for
 * longer than `idle`. Notes the use, at most once a minute.
 */
export async function useSession(
  store: Queryable,
  use: {
    readonly token: string;
    readonly now: Temporal.Instant;
    readonly idle: Temporal.Duration;
  },
): Promise<SessionAccount | null> {
  const { rows } = await store.query<{
    session_id: string;
    account_id: string;
    login: string;
    roles: AccountRole[];
    region: string;
    agent: string;
    is_factor_set_up: boolean;
    has_second_factor: boolean;
  }>(
    `with found as (
       select session_id, account_id, coalesce(login, '') as login, roles, region, agent, seen_at,
              confirmed_at is not null as is_factor_set_up,
              second_factor_at is not null as has_second_factor
       from session join account using (account_id) left join second_factor using (account_id)
       where token_hash = $1 and revoked_at is null and disabled_at is null
         and expires_at > $2 and seen_at > $3
     ), noted as (
       update session set seen_at = $2
       where session_id in (
         select session_id from found where seen_at < $2::timestamptz - interval '1 minute')
     )
     select session_id, account_id, login, roles, region, agent, is_factor_set_up,
            has_second_factor from found`,
    [hashToken(use.token), use.now.toString(), use.now.subtract(use.idle).toString()],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    login: row.login,
    roles: row.roles,
    region: row.region,
    agent: row.agent,
    isFactorSetUp: row.is_factor_set_up,
    hasSecondFactor: row.has_second_factor,
  };
}

/** Whether a one-time link opened this session, no longer ago than such a link lives. */
export async function isOpenedByLink(
  store: Queryable,
  { sessionId, now }: { readonly sessionId: string; readonly now: Temporal.Instant },
): Promise<boolean> {
  // A link is used up in the transaction that opens its session, and at the same instant.
  const { rowCount } = await store.query(
    `select from session s join sign_in_link l
       on l.account_id = s.account_id and l.used_at = s.created_at
     where s.session_id = $1 and s.revoked_at is null and s.created_at > $2`,
    [sessionId, now.subtract(signInLinkLifetime).toString()],
  );
  return rowCount === 1;
}

/** Ends the live session of a token, whoever's it is; nothing where there is none. */
export async function revokeSessionOfToken(
  store: Queryable,
  { token, now }: { readonly token: string; readonly now: Temporal.Instant },
): Promise<void> {
  await store.query(
    'update session set revoked_at = $2 where token_hash = $1 and revoked_at is null',
    [hashToken(token), now.toString()],
  );
}

/** Notes that this session proved the second factor. */
export async function noteSecondFactor(
  store: Queryable,
  { sessionId, now }: { readonly sessionId: string; readonly now: Temporal.Instant },
): Promise<void> {
  await store.query('update session set second_factor_at = $2 where session_id = $1', [
    sessionId,
    now.toString(),
  ]);
}

/**
 * The same, and its rights rise with it: the session goes on under a new token, returned once, and the
 * one before is dead.
 */
export async function raiseSession(
  store: Queryable,
  { sessionId, now }: { readonly sessionId: string; readonly now: Temporal.Instant },
): Promise<{ readonly token: string }> {
  const token = newToken();
  await store.query(
    'update session set second_factor_at = $2, token_hash = $3 where session_id = $1',
    [sessionId, now.toString(), hashToken(token)],
  );
  return { token };
}

/** The live sessions of an account, newest first; at most 100. */
export async function listSessions(
  store: Queryable,
  {
    accountId,
    now,
    idle,
  }: {
    readonly accountId: string;
    readonly now: Temporal.Instant;
    readonly idle: Temporal.Duration;
  },
): Promise<Session[]> {
  const { rows } = await store.query<{
    session_id: string;
    address: string;
    agent: string;
    created_at: string;
    seen_at: string;
    expires_at: string;
  }>(
    `select session_id, address, agent, created_at, seen_at, expires_at from session
     where account_id = $1 and revoked_at is null and expires_at > $2 and seen_at > $3
     order by created_at desc limit 100`,
    [accountId, now.toString(), now.subtract(idle).toString()],
  );
  return rows.map((row) => ({
    sessionId: row.session_id,
    address: row.address,
    agent: row.agent,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends one session of that account; false when it has no such live session. */
export async function revokeSession(
  store: Queryable,
  end: {
    readonly sessionId: string;
    readonly accountId: string;
    readonly now: Temporal.Instant;
  },
): Promise<boolean> {
  const { rowCount } = await store.query(
    `update session set revoked_at = $3
     where session_id = $1 and account_id = $2 and revoked_at is null`,
    [end.sessionId, end.accountId, end.now.toString()],
  );
  return rowCount === 1;
}

/** Ends every session of an account; how many there were. */
export async function revokeSessions(
  store: Queryable,
  { accountId, now }: { readonly accountId: string; readonly now: Temporal.Instant },
): Promise<number> {
  const { rowCount } = await store.query(
    `update session set revoked_at = $2
     where account_id = $1 and revoked_at is null and expires_at > $2`,
    [accountId, now.toString()],
  );
  return rowCount ?? 0;
}
