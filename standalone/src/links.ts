import type { AccountRole } from '@sightline/contracts';
import { ensureAccount, issueSignInLink, issueViewerToken, type Store } from '@sightline/store';

/** What a person opens in a browser. A sign-in link opens once, within ten minutes. */
export interface Links {
  readonly screen: string;
  readonly console: string;
  readonly kiosk: string;
  /** 值守员兼组织员: the daily work. */
  readonly signIn: string;
  /** 系统管理员, 安全管理员, 审计管理员: three people. */
  readonly signInSystem: string;
  readonly signInSecurity: string;
  readonly signInAudit: string;
}

const prefecture = '5402';

/** Sign-in links for whoever starts the program on this machine, and a viewer's for the screen. */
export async function issueLinks(store: Store, port: number): Promise<Omit<Links, 'kiosk'>> {
  const now = Temporal.Now.instant();
  const url = `http://127.0.0.1:${port}`;
  const linkFor = async (...roles: readonly AccountRole[]) => {
    const accountId = await ensureAccount(store.pool, { roles, region: prefecture, now });
    const { token } = await issueSignInLink(store.pool, { accountId, now });
    return `${url}/console/#sign-in=${token}`;
  };
  const viewer = await issueViewerToken(store.pool, {
    region: prefecture,
    label: 'npm start',
    now,
  });
  return {
    screen: `${url}/screen/#token=${viewer.token}`,
    console: `${url}/console/`,
    signIn: await linkFor('dispatcher', 'registrar'),
    signInSystem: await linkFor('system-administrator'),
    signInSecurity: await linkFor('security-administrator'),
    signInAudit: await linkFor('audit-administrator'),
  };
}
