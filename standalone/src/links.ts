import {
  ensureAdministrator,
  issueSignInLink,
  issueViewerToken,
  type Store,
} from '@sightline/store';

/** What a person opens in a browser. */
export interface Links {
  readonly screen: string;
  readonly console: string;
  readonly kiosk: string;
  /** Once, within ten minutes. */
  readonly signIn: string;
}

const prefecture = '5402';

/** A sign-in link for whoever starts the program on this machine, and a viewer's for the screen. */
export async function issueLinks(store: Store, port: number): Promise<Omit<Links, 'kiosk'>> {
  const now = Temporal.Now.instant();
  const accountId = await ensureAdministrator(store.pool, { region: prefecture, now });
  const signIn = await issueSignInLink(store.pool, { accountId, now });
  const viewer = await issueViewerToken(store.pool, {
    region: prefecture,
    label: 'npm start',
    now,
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    screen: `${url}/screen/#token=${viewer.token}`,
    console: `${url}/console/`,
    signIn: `${url}/console/#sign-in=${signIn.token}`,
  };
}
