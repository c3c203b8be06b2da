import { chromium } from 'playwright-core';
import { limits } from '../limits.ts';
import { benchAgent } from './dispatcher.ts';

export interface WatchedFunnel extends AsyncDisposable {
  /** When the page showed that so many have answered, Unix ms. */
  answered(count: number): Promise<number>;
}

/** The console's own page of that check, in Debian's Chromium. */
export async function watchFunnel(
  url: string,
  { checkId, cookie }: { readonly checkId: string; readonly cookie: string },
): Promise<WatchedFunnel> {
  await using held = new AsyncDisposableStack();
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const executablePath = '/usr/bin/chromium';
  const browser = held.use(await chromium.launch({ executablePath, args, timeout: limits.pageMs }));
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    userAgent: benchAgent,
  });
  const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(limits.pageMs);
  await page.goto(`${url}/console/checks/5402/${checkId}`);
  await page.locator('[data-stage="answered"]').waitFor();
  const owned = held.move();
  return {
    async answered(count) {
      // Looked at in every animation frame: said when it was drawn.
      const shown = await page.waitForFunction(
        (wanted) =>
          document.querySelector('[data-stage="answered"]')?.textContent === wanted
            ? Date.now()
            : false,
        count.toLocaleString('en'),
        { timeout: limits.roundMs },
      );
      return Number(await shown.jsonValue());
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
