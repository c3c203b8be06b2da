import { openBrowser } from '@sightline/look/testing';
import { openStore, type Store } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildPagesApart } from './built-console.ts';
import { openWire, type Wire } from './open-wire.ts';
import { keepBrokerAlive } from './seed-scene.ts';
import { screenToken, startCentreOn } from './start-test-centre.ts';

/** A centre whose database can be cut off, the pages as they are delivered, and a browser. */
export interface ScreenHouse extends AsyncDisposable {
  readonly browser: Browser;
  /** The database itself, whatever happens to the wire. */
  readonly store: TestStore;
  /** Between the centre and its database. */
  readonly wire: Wire;
  readonly url: string;
  /** A screen's own link, opened on 1920 × 1080 and painted; `path` is what follows `/screen/`. */
  readonly open: (given?: { readonly region?: string; readonly path?: string }) => Promise<Opened>;
}

/** An open screen and what a test may ask of it. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about, and every request that left this centre. */
  readonly complaints: readonly string[];
  readonly strangers: readonly string[];
  /** Everything that came over the live socket. */
  readonly heard: readonly string[];
}

/** Long enough for a machine that six others share. */
const patienceMs = 60_000;

/** `seed` fills the database before the centre starts. The broker's row is kept alive meanwhile. */
export async function openScreenHouse(seed: (store: Store) => Promise<void>): Promise<ScreenHouse> {
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
  stack.use(keepBrokerAlive(store));
  const wire = stack.use(await openWire(store.databaseUrl));
  const { databaseUrl } = wire;
  const wired = stack.use(
    await openStore({ databaseUrl, applicationName: 'sightline-test-screen' }),
  );
  const { url } = stack.use(
    await startCentreOn({ ...wired, databaseUrl }, { pagesDir: pages.dir }),
  );
  const parts = stack.move();
  return {
    browser,
    store,
    wire,
    url,
    open: async ({ region = '5402', path = '' } = {}) => {
      const token = await screenToken(store, region);
      return await openIn(browser, { url, address: `${url}/screen/${path}#token=${token}` });
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

async function openIn(
  browser: Browser,
  { url, address }: { readonly url: string; readonly address: string },
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const [complaints, strangers, heard]: [string[], string[], string[]] = [[], [], []];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) strangers.push(request.url());
  });
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => heard.push(String(payload))),
  );
  await page.goto(address);
  await page.locator('canvas[data-as-of]').waitFor();
  const end = () => context.close();
  return { page, context, complaints, strangers, heard, [Symbol.asyncDispose]: end };
}
