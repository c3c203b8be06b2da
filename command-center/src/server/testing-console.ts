import { randomUUID } from 'node:crypto';
import {
  createAccount,
  createSession,
  issueSignInLink,
  listSessions,
  noteSecondFactor,
  seedDivisions,
  setCredentials,
  type NewAccount,
  type Store,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import type { AccountRole, Region } from '@sightline/contracts';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import type { MediaSettings } from '#media/media-keys.ts';
import { noNotify } from '#notify/notify-config.ts';
import { readRetentionDays } from '#retention/retention-days.ts';
import { buildApp } from './build-app.ts';
import type { RuledRoute } from './guard-routes.ts';
import type { RegisterLive } from './live-seam.ts';
import { accountCookie } from './read-viewer.ts';

/** The console's server on a fresh database, without a socket and with a clock the test moves. */
export interface TestConsole extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly store: TestStore;
  readonly clock: { now: Temporal.Instant };
  readonly call: (call: Call) => Promise<LightMyRequestResponse>;
  /** Every route with its access rule. */
  readonly routes: readonly RuledRoute[];
  /** The cookie of a new signed-in account; an administrator's has proved the second factor. */
  readonly signIn: (roles: readonly AccountRole[], region: Region) => Promise<string>;
  /** The same without the page's way in: no password to hash, no limit on sign-ins. */
  readonly enter: (roles: readonly AccountRole[], region: Region) => Promise<string>;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly cookie?: string;
  readonly body?: unknown;
  /** A new one each time unless given. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

export const testOrigin = 'http://localhost:7400';
export const testPassword = 'correct horse battery';
const start = Temporal.Instant.from('2026-11-23T04:00:00.000Z');

export async function openTestConsole({
  live = null,
  registerKeyFile = null,
  media = null,
  coursesDir = '',
}: {
  readonly live?: RegisterLive | null;
  readonly registerKeyFile?: string | null;
  readonly media?: MediaSettings | null;
  /** Of a test that uploads something. */
  readonly coursesDir?: string;
} = {}): Promise<TestConsole> {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  await seedDivisions(store.pool);
  const clock = { now: start };
  const { app, routes } = stack.use(
    await buildApp({
      config: { ...testConfig, registerKeyFile, media, coursesDir },
      store,
      now: () => clock.now,
      logger: pino({ level: 'silent' }),
      registerLive: live,
    }),
  );
  const call = caller(app);
  const parts = stack.move();
  return {
    app,
    store,
    clock,
    call,
    routes,
    signIn: async (roles, region) => {
      const accountId = await createAccount(store.pool, { roles, region, now: clock.now });
      const { token } = await issueSignInLink(store.pool, { accountId, now: clock.now });
      const login = `a${randomUUID().slice(0, 8)}`;
      const body = { token, login, password: testPassword };
      const cookie = cookieOf(await call({ method: 'POST', url: '/api/session/link', body }));
      const idle = Temporal.Duration.from({ hours: 1 });
      const [session] = await listSessions(store.pool, { accountId, now: clock.now, idle });
      await noteSecondFactor(store.pool, { sessionId: session?.sessionId ?? '', now: clock.now });
      return cookie;
    },
    enter: async (roles, region) => enter(store, { roles, region, now: clock.now }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** The cookie of an account whose session was made beside the page; its second factor is proved. */
export async function enter(store: Store, account: NewAccount): Promise<string> {
  const { now } = account;
  const accountId = await createAccount(store.pool, account);
  const login = `a${accountId.slice(0, 12)}`;
  await setCredentials(store.pool, { accountId, login, passwordHash: 'nobody signs in with it' });
  const lifetime = Temporal.Duration.from({ hours: 8 });
  const session = { accountId, address: '127.0.0.1', agent: '', now, lifetime };
  const { token, sessionId } = await createSession(store.pool, session);
  await noteSecondFactor(store.pool, { sessionId, now });
  return `${accountCookie}=${token}`;
}

const testConfig = {
  databaseUrl: '',
  host: '127.0.0.1',
  port: 7400,
  brokerHttpUrl: null,
  demo: true,
  sampleCamera: false,
  logLevel: 'silent',
  publicHosts: [],
  complaintAnswerDays: 7,
  retentionDays: readRetentionDays(''),
  tls: null,
  registerKeyFile: null,
  coursesDir: '',
  notify: noNotify,
  media: null,
};

function caller(app: FastifyInstance): TestConsole['call'] {
  return ({ method = 'GET', url, cookie, body, key, headers, address }) =>
    app.inject({
      method,
      url,
      headers: {
        host: 'localhost:7400',
        origin: testOrigin,
        'idempotency-key': key ?? randomUUID(),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.parse(JSON.stringify(body)) as object }),
      ...(address === undefined ? {} : { remoteAddress: address }),
    });
}

/** The Cookie header a browser would send after this reply. */
export function cookieOf(reply: LightMyRequestResponse): string {
  const set = reply.cookies.find((cookie) => cookie.name === accountCookie);
  if (set === undefined) throw new Error(`No session cookie: ${reply.statusCode} ${reply.body}`);
  return `${set.name}=${set.value}`;
}

/** The `code` of a problem reply. */
export function problemOf(reply: LightMyRequestResponse): string {
  return reply.json<{ code: string }>().code;
}
