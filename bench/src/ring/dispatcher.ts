import { randomUUID } from 'node:crypto';
import type { SpotCheckProgress } from '@sightline/contracts';
import { createAccount, issueSignInLink, type Store } from '@sightline/store';
import { limits } from '../limits.ts';

/** A session is bound to the browser it was opened in: requests and page call themselves the same. */
export const benchAgent = 'sightline-bench';

/** A dispatcher of the prefecture, signed in as a browser is. */
export interface Dispatcher {
  readonly cookie: string;
  order(checkId: string, seconds: number): Promise<number>;
  progress(checkId: string): Promise<SpotCheckProgress>;
}

export async function signInDispatcher(store: Store, url: string): Promise<Dispatcher> {
  const now = Temporal.Now.instant();
  const account = { roles: ['dispatcher'] as const, region: '5402', now };
  const accountId = await createAccount(store.pool, account);
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  const body = { token, login: 'dispatcher', password: 'a long enough password' };
  const signedIn = await post(`${url}/api/session/link`, body, '');
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  return {
    cookie,
    async order(checkId, seconds) {
      const order = { checkId, region: '5402', reason: 'equipment-test', note: '', seconds };
      const reply = await post(`${url}/api/spot-checks`, order, cookie);
      const { rings } = (await reply.json()) as { rings: number }; // spot-check-routes.ts.
      return rings;
    },
    async progress(checkId) {
      const reply = await fetch(`${url}/api/spot-checks/${checkId}/funnel`, {
        headers: { cookie, 'user-agent': benchAgent },
        signal: AbortSignal.timeout(limits.connectMs),
      });
      return (await reply.json()) as SpotCheckProgress; // spot-check-read-routes.ts.
    },
  };
}

async function post(url: string, body: object, cookie: string): Promise<Response> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      origin: new URL(url).origin,
      'user-agent': benchAgent,
      cookie,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(limits.connectMs),
  });
  if (!reply.ok) throw new Error(`${url} was answered ${reply.status}: ${await reply.text()}`);
  return reply;
}
