import type { AccountRole, Region } from '@sightline/contracts';
import { createAccount, issueSignInLink, setCredentials, type Store } from '@sightline/store';
import type { Browser, Page } from 'playwright-core';

const deskSize = { width: 1440, height: 900 };

export interface DeskAccount {
  readonly login: string;
  readonly region: Region;
  readonly roles: readonly AccountRole[];
}

/** A console page whose account came in by its sign-in link; `origin` is the centre's. */
export async function openDeskPage(
  browser: Browser,
  { store, origin }: { readonly store: Store; readonly origin: string },
  { login, region, roles }: DeskAccount,
): Promise<Page> {
  const now = Temporal.Now.instant();
  const accountId = await createAccount(store.pool, { roles, region, now });
  const passwordHash = 'nobody signs in with it';
  await setCredentials(store.pool, { accountId, login, passwordHash });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  const page = await browser.newPage({ viewport: deskSize, locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  await page.goto(`${origin}/console/#sign-in=${token}`);
  await page.getByText(login).first().waitFor();
  return page;
}
