import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountRole, RecoveryCodesReply, SecondFactorOffer } from '@sightline/contracts';
import { createAccount, issueSignInLink, type Store } from '@sightline/store';
import { Secret, TOTP } from 'otpauth';
import { cookieOf, testPassword, type TestConsole } from './testing-console.ts';

/** A key file in a folder of its own. */
export function makeKeyFile(): Disposable & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-key-'));
  const file = join(folder, 'register.key');
  writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return { file, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What an app would show at this moment. */
export function codeAt(secret: string, at: Temporal.Instant): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.epochMilliseconds });
}

/** A new account's link, as the machine prints it. */
export async function linkFor(
  store: Store,
  account: { readonly roles: readonly AccountRole[]; readonly now: Temporal.Instant },
): Promise<{ readonly accountId: string; readonly token: string }> {
  const { roles, now } = account;
  const accountId = await createAccount(store.pool, { roles, region: '5402', now });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  return { accountId, token };
}

/** Somebody who signed in by their link and has proved nothing more. */
export interface SignedIn {
  readonly accountId: string;
  readonly login: string;
  /** The cookie now; a proof changes it. */
  cookie: string;
  /** POSTs to /api/second-factor…; a new cookie is kept, as a browser would. */
  readonly post: (path: string, body?: object) => ReturnType<TestConsole['call']>;
  /** Sets an app up: its secret and the recovery codes. */
  readonly setUp: () => Promise<{ readonly secret: string; readonly codes: readonly string[] }>;
}

export async function signInUnproven(
  console: TestConsole,
  roles: readonly AccountRole[],
): Promise<SignedIn> {
  const { store, clock, call } = console;
  const { accountId, token } = await linkFor(store, { roles, now: clock.now });
  const login = `a${accountId.slice(0, 8)}`;
  const body = { token, login, password: testPassword };
  const opened = await call({ method: 'POST', url: '/api/session/link', body });
  const signedIn: SignedIn = {
    accountId,
    login,
    cookie: cookieOf(opened),
    post: async (path, asked) => {
      const { cookie } = signedIn;
      const url = `/api/second-factor${path}`;
      const reply = await call({ method: 'POST', url, cookie, body: asked });
      if (reply.cookies.length > 0) signedIn.cookie = cookieOf(reply);
      return reply;
    },
    setUp: async () => {
      const { secret } = (await signedIn.post('')).json<SecondFactorOffer>();
      const reply = await signedIn.post('/confirm', { code: codeAt(secret, clock.now) });
      return { secret, ...reply.json<RecoveryCodesReply>() };
    },
  };
  return signedIn;
}
