import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '@sightline/look/testing';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { MediaSettings } from '#media/media-keys.ts';
import { makeKeyFile } from '#server/testing-factor.ts';
import type { Centre } from '#start-centre.ts';
import { buildPagesApart } from './built-console.ts';
import { sessionCookie, type SignedIn } from './session-cookie.ts';
import { startCentreOn } from './start-test-centre.ts';

/** The console as it is delivered, on a database of its own, and a browser to use it with. */
export interface OpenConsole extends AsyncDisposable {
  readonly browser: Browser;
  readonly store: TestStore;
  readonly centre: Centre;
  /** An empty tab; give `context()` back when done. */
  readonly openTab: (size?: TabSize) => Promise<Page>;
  /** A tab of somebody signed in, at a path behind `/console`. */
  readonly openAs: (who: SignedIn, path: string, size?: TabSize) => Promise<Page>;
}

export interface TabSize {
  readonly width: number;
  readonly height: number;
}

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;
/** The daily work of a township: keeping the watch and the register. */
export const dailyWork = { roles: ['dispatcher', 'registrar'], region: '5402' } as const;

/** Long enough for a machine that six others share. */
const patienceMs = 30_000;

/** `seed` fills the database before the centre starts; no media server belongs to it unless given. */
export async function openConsole(
  seed: (store: TestStore) => Promise<void>,
  { media }: { readonly media?: MediaSettings } = {},
): Promise<OpenConsole> {
  await using stack = new AsyncDisposableStack();
  const [pages, browser, store] = await Promise.all([
    buildPagesApart(),
    openBrowser(),
    openTestStore(),
  ]);
  stack.use(pages);
  stack.use(store);
  stack.defer(() => browser.close());
  await seed(store);
  const { file: registerKeyFile } = stack.use(makeKeyFile());
  const coursesDir = await mkdtemp(join(tmpdir(), 'sightline-courses-'));
  stack.defer(() => rm(coursesDir, { recursive: true }));
  const own = media === undefined ? {} : { media };
  const given = { pagesDir: pages.dir, registerKeyFile, coursesDir, ...own };
  const centre = stack.use(await startCentreOn(store, given));
  const openContext = async (viewport: TabSize): Promise<BrowserContext> => {
    // Still: a click on something that slides into place can miss it.
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patienceMs);
    return context;
  };
  const openAs: OpenConsole['openAs'] = async (who, path, size = desktop) => {
    const context = await openContext(size);
    const page = await context.newPage();
    const agent = await page.evaluate(() => navigator.userAgent);
    const cookie = await sessionCookie(store, { ...who, agent });
    await context.addCookies([{ ...cookie, url: centre.url }]);
    await page.goto(`${centre.url}/console${path}`);
    return page;
  };
  const parts = stack.move();
  return {
    browser,
    store,
    centre,
    openTab: async (size = desktop) => (await openContext(size)).newPage(),
    openAs,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Whether anything makes the page scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}
