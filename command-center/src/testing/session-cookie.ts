import { randomUUID } from 'node:crypto';
import {
  createAccount,
  createSession,
  findAccountByLogin,
  noteSecondFactor,
  setCredentials,
  type NewAccount,
  type Store,
} from '@sightline/store';
import { accountCookie } from '#server/read-viewer.ts';

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

export interface SignedIn {
  readonly roles: NewAccount['roles'];
  readonly region: string;
  /** Shown in the top line; one of its own unless given. */
  readonly login?: string;
  /** What the browser says of itself. */
  readonly agent?: string;
}

/**
 * The cookie of an account that is signed in beside the page: the one that has the login already, or a
 * new one; an administrator's has proved its second factor.
 */
export async function sessionCookie(store: Store, who: SignedIn): Promise<SessionCookie> {
  const now = Temporal.Now.instant();
  const accountId = await accountOf(store, who, now);
  const { token, sessionId } = await createSession(store.pool, {
    accountId,
    address: '127.0.0.1',
    agent: who.agent ?? 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
    now,
    lifetime: Temporal.Duration.from({ hours: 8 }),
  });
  await noteSecondFactor(store.pool, { sessionId, now });
  return { name: accountCookie, value: token };
}

async function accountOf(store: Store, who: SignedIn, now: Temporal.Instant): Promise<string> {
  const known = who.login === undefined ? null : await findAccountByLogin(store.pool, who.login);
  if (known !== null) return known.accountId;
  const accountId = await createAccount(store.pool, { roles: who.roles, region: who.region, now });
  const login = who.login ?? `tashi-${randomUUID().slice(0, 8)}`;
  await setCredentials(store.pool, { accountId, login, passwordHash: 'nobody signs in with it' });
  return accountId;
}
