import { fastifyCookie } from '@fastify/cookie';
import {
  appendAudit,
  findViewerToken,
  revokeSession,
  useSession,
  type Store,
} from '@sightline/store';
import type { Viewer } from '#domain/access.ts';
import { limits } from '#limits.ts';
import type { ReadViewer } from './live-seam.ts';

/** Ports share cookies, so the names tell the centre's from the kiosk's on the same machine. */
export const accountCookie = 'sightline-session';
export const viewerCookie = 'sightline-viewer';

export interface CookieNames {
  readonly account: string;
  readonly viewer: string;
}

/**
 * Over TLS the browser keeps these names for cookies that this very host set, Secure and for every path
 * (`__Host-`, RFC 6265bis 4.1.3.2): no sister domain and no plain page slips one in.
 */
export function cookieNames({ secure }: { readonly secure: boolean }): CookieNames {
  const prefix = secure ? '__Host-' : '';
  return { account: prefix + accountCookie, viewer: prefix + viewerCookie };
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly cookieNames: CookieNames;
  }
}

const idle = Temporal.Duration.from({ minutes: limits.sessionIdleMinutes });

interface Deps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly names: CookieNames;
}

/** Finds who stands behind a Cookie header: at most one query for each cookie that is there. */
export function viewerReader(deps: Deps): ReadViewer {
  const { store, names } = deps;
  const readScreen = async (token: string): Promise<Viewer | null> => {
    const found = await findViewerToken(store.pool, token);
    if (found === null) return null;
    return { kind: 'viewer', tokenId: found.tokenId, region: found.region };
  };
  return async (cookieHeader, prefer = 'account', agent) => {
    const cookies = fastifyCookie.parse(cookieHeader ?? '');
    const account = cookies[names.account];
    const screen = cookies[names.viewer];
    const asAccount = async () =>
      account === undefined ? null : readAccount(deps, { token: account, agent });
    const asScreen = async () => (screen === undefined ? null : readScreen(screen));
    return prefer === 'account'
      ? ((await asAccount()) ?? (await asScreen()))
      : ((await asScreen()) ?? (await asAccount()));
  };
}

async function readAccount(
  { store, now }: Deps,
  { token, agent }: { readonly token: string; readonly agent: string | undefined },
): Promise<Viewer | null> {
  const found = await useSession(store.pool, { token, now: now(), idle });
  if (found === null) return null;
  const { agent: openedIn, ...account } = found;
  // A session that no browser opened ('') is bound to none.
  const isElsewhere =
    agent !== undefined && openedIn !== '' && agent.slice(0, limits.agentCharacters) !== openedIn;
  if (!isElsewhere) return { kind: 'account', ...account };
  await endStolen({ store, now }, account);
  return null;
}

/** The cookie came from another browser than it was given to: it was taken, so nobody keeps it. */
async function endStolen(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  account: { readonly accountId: string; readonly sessionId: string; readonly region: string },
): Promise<void> {
  const { accountId, sessionId, region } = account;
  if (!(await revokeSession(store.pool, { accountId, sessionId, now: now() }))) return;
  const entry = {
    who: 'system:sign-in',
    what: 'session.ended-in-another-browser',
    region,
    purpose: 'sign-in',
    subject: `session:${sessionId}`,
  };
  await appendAudit(store.pool, { entry, now: now() });
}
