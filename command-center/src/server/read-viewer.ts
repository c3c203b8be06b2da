import { fastifyCookie } from '@fastify/cookie';
import { findViewerToken, useSession, type Store } from '@sightline/store';
import type { Viewer } from '#domain/access.ts';
import { limits } from '#limits.ts';
import type { ReadViewer } from './live-seam.ts';

/** Ports share cookies, so the names tell the centre's from the kiosk's on the same machine. */
export const accountCookie = 'sightline-session';
export const viewerCookie = 'sightline-viewer';

const idle = Temporal.Duration.from({ minutes: limits.sessionIdleMinutes });

interface Deps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
}

/** Finds who stands behind a Cookie header: at most one query for each cookie that is there. */
export function viewerReader({ store, now }: Deps): ReadViewer {
  const readAccount = async (token: string): Promise<Viewer | null> => {
    const found = await useSession(store.pool, { token, now: now(), idle });
    return found === null ? null : { kind: 'account', ...found };
  };
  const readScreen = async (token: string): Promise<Viewer | null> => {
    const found = await findViewerToken(store.pool, token);
    if (found === null) return null;
    return { kind: 'viewer', tokenId: found.tokenId, region: found.region };
  };
  return async (cookieHeader, prefer = 'account') => {
    const cookies = fastifyCookie.parse(cookieHeader ?? '');
    const account = cookies[accountCookie];
    const screen = cookies[viewerCookie];
    const asAccount = async () => (account === undefined ? null : readAccount(account));
    const asScreen = async () => (screen === undefined ? null : readScreen(screen));
    return prefer === 'account'
      ? ((await asAccount()) ?? (await asScreen()))
      : ((await asScreen()) ?? (await asAccount()));
  };
}
