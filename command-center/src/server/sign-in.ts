import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import {
  appendAudit,
  changePassword,
  createSession,
  findAccount,
  findAccountByLogin,
  findSignInLink,
  forgetSignInFailures,
  inRefusableTransaction,
  inTransaction,
  isOpenedByLink,
  noteSignInAttempt,
  setCredentials,
  topRegions,
  useSignInLink,
  type Account,
  type Client,
} from '@sightline/store';
import type { AccountViewer } from '#domain/access.ts';
import { normaliseLogin, refuseCredentials, type Credentials } from '#domain/sign-in.ts';
import { networkOf } from '#domain/sign-in-network.ts';
import { limits } from '#limits.ts';
import { refuseCommonPassword } from './common-passwords.ts';
import { hashPassword, type CheckPassword } from './passwords.ts';
import type { PasswordsQueue } from './passwords-queue.ts';
import type { RouteDeps } from './route-deps.ts';

export interface SignInDeps extends RouteDeps {
  readonly checkPassword: CheckPassword;
  readonly queue: PasswordsQueue;
}

/** From where somebody signs in. */
export interface Browser {
  readonly address: string;
  readonly agent: string;
}

const sessionLifetime = Temporal.Duration.from({ minutes: limits.sessionAbsoluteMinutes });
const failureWindow = Temporal.Duration.from({ minutes: limits.failureWindowMinutes });

/** Checks login and password and opens a session; the same answer and cost for an unknown login. */
export async function signIn(
  deps: SignInDeps,
  { login: typed, password }: Credentials,
  browser: Browser,
): Promise<{ readonly token: string } | Refusal> {
  const credentials = { login: normaliseLogin(typed), password };
  const account = await inTurn(deps, () => judgePassword(deps, credentials, browser));
  if (isRefusal(account)) return account;
  return inRefusableTransaction(deps.store, (client) =>
    openSession({ client, account, browser, what: 'session.opened', now: deps.now() }),
  );
}

/**
 * A new password for somebody who knows the one before, or whose session was opened by a one-time link
 * a moment ago: who forgot it is let in that way. Their other sessions end.
 */
export async function replacePassword(
  deps: SignInDeps,
  change: { readonly viewer: AccountViewer; readonly current?: string; readonly next: string },
  browser: Browser,
): Promise<Refusal | null> {
  const { viewer, next } = change;
  const { login, accountId, sessionId, region } = viewer;
  const passwordHash = await inTurn(deps, async () => {
    const refusal = await judgeCurrent(deps, change, browser);
    return refusal ?? refuseNew({ login, password: next }) ?? hashPassword(next);
  });
  if (isRefusal(passwordHash)) return passwordHash;
  const now = deps.now();
  await inTransaction(deps.store, async (client) => {
    const who = `account:${accountId}`;
    const entry = { who, what: 'password.changed', region, purpose: 'sign-in', subject: null };
    await appendAudit(client, { entry, now });
    await changePassword(client, { accountId, sessionId, passwordHash, now });
  });
  return null;
}

async function judgeCurrent(
  deps: SignInDeps,
  { viewer, current }: { readonly viewer: AccountViewer; readonly current?: string },
  browser: Browser,
): Promise<Refusal | null> {
  if (current !== undefined) {
    const account = await judgePassword(deps, { login: viewer.login, password: current }, browser);
    return isRefusal(account) ? account : null;
  }
  if (await mayForgetPassword(deps, viewer)) return null;
  return refuse('wrong-credentials', 'Give the password you have now.');
}

/** Whether this session may set a password without knowing the one before. */
export function mayForgetPassword(
  { store, now }: Pick<SignInDeps, 'store' | 'now'>,
  { sessionId }: AccountViewer,
): Promise<boolean> {
  return isOpenedByLink(store.pool, { sessionId, now: now() });
}

function refuseNew(credentials: Credentials): Refusal | null {
  return refuseCredentials(credentials) ?? refuseCommonPassword(credentials.password);
}

/** Passwords are judged and made few at a time; a full queue refuses before anything is spent or counted. */
async function inTurn<T>(
  { queue }: SignInDeps,
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const turn = queue.enter();
  if (turn === null) {
    return refuse('too-many-requests', 'Too many sign-ins at this moment. Try again in a minute.');
  }
  using _ = await turn;
  // Awaited here: the turn is held until the work is done, not until it is begun.
  return await work();
}

/** The account of a login when the password is right; counted, limited, at the same cost for all. */
async function judgePassword(
  deps: SignInDeps,
  { login, password }: Credentials,
  browser: Browser,
): Promise<Account | Refusal> {
  const { store } = deps;
  const address = networkOf(browser.address);
  const attempt = { login, address, now: deps.now(), window: failureWindow };
  const { attemptId, ofLogin, ofAddress } = await noteSignInAttempt(store.pool, attempt);
  if (ofLogin > limits.failuresPerLogin || ofAddress > limits.failuresPerAddress) {
    return refuse(
      'too-many-attempts',
      `Too many wrong passwords. Try again in ${limits.failureWindowMinutes} minutes.`,
    );
  }
  const account = await findAccountByLogin(store.pool, login);
  if (!(await deps.checkPassword(account?.passwordHash ?? null, password)) || account === null) {
    await auditRefused(deps, browser);
    return refuse('wrong-credentials', 'Login or password is wrong.');
  }
  await forgetSignInFailures(store.pool, { attemptId, login });
  return account;
}

/**
 * Uses a one-time link up and opens a session. An account without login and password must bring them;
 * until they are good the link stays unused.
 */
export async function signInByLink(
  deps: SignInDeps,
  given: { readonly token: string; readonly credentials: Credentials | null },
  browser: Browser,
): Promise<{ readonly token: string } | Refusal> {
  const { store } = deps;
  const now = deps.now();
  const accountId = await findSignInLink(store.pool, { token: given.token, now });
  const account = accountId === null ? null : await findAccount(store.pool, accountId);
  if (account === null) return deadLink;
  const credentials = await prepareCredentials(deps, account, given.credentials);
  if (isRefusal(credentials)) return credentials;
  return inRefusableTransaction(store, async (client) => {
    const used = await useSignInLink(client, { token: given.token, now });
    if (used === null) return deadLink;
    if (credentials !== null && !(await setCredentials(client, credentials))) {
      return refuse('login-taken', 'This login is taken. Choose another.');
    }
    // At the link's own instant: by that it is known later that a link opened it.
    return openSession({ client, account, browser, what: 'session.opened-by-link', now });
  });
}

const deadLink = refuse(
  'dead-link',
  'This link was used or has ended (it lives ten minutes). Ask for a new one.',
);

async function prepareCredentials(
  deps: SignInDeps,
  account: Account,
  given: Credentials | null,
): Promise<Parameters<typeof setCredentials>[1] | Refusal | null> {
  if (account.login !== null) return null;
  if (given === null) return refuse('credentials-needed', 'Choose a login and a password.');
  const login = normaliseLogin(given.login);
  const refusal = refuseNew({ login, password: given.password });
  if (refusal !== null) return refusal;
  const passwordHash = await inTurn(deps, () => hashPassword(given.password));
  if (isRefusal(passwordHash)) return passwordHash;
  return { accountId: account.accountId, login, passwordHash };
}

async function openSession(opening: {
  readonly client: Client;
  readonly account: Account;
  readonly browser: Browser;
  readonly what: string;
  readonly now: Temporal.Instant;
}): Promise<{ readonly token: string }> {
  const { client, account, browser, what, now } = opening;
  const { accountId, region } = account;
  const { token, sessionId } = await createSession(client, {
    ...browser,
    accountId,
    now,
    lifetime: sessionLifetime,
  });
  const who = `account:${accountId}`;
  const entry = { who, what, region, purpose: 'sign-in', subject: `session:${sessionId}` };
  await appendAudit(client, { entry, now });
  return { token };
}

/** Says nothing of the login: it may be a password typed into the wrong field. */
async function auditRefused(deps: SignInDeps, browser: Browser): Promise<void> {
  // Nobody's region, so the whole installation's.
  const region = (await topRegions(deps.store.pool))[0] ?? '';
  const entry = {
    who: 'system:sign-in',
    what: 'session.refused',
    region,
    purpose: 'sign-in',
    subject: `address:${browser.address}`,
  };
  await appendAudit(deps.store.pool, { entry, now: deps.now() });
}
