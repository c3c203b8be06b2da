import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { axeFaults, fitFaults } from './page-faults.ts';
import type { TableKiosk } from './table-kiosk.ts';

/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

/** The kiosk's home in a page of its own; in Chinese on the small screen unless told otherwise. */
export async function visitKiosk(
  browser: Browser,
  table: TableKiosk,
  { language = 'zh', size = [1366, 768] }: { language?: string; size?: readonly number[] } = {},
): Promise<Page> {
  const [width = 0, height = 0] = size;
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(60_000);
  await page.addInitScript(`localStorage.setItem('sightline.language', '${language}')`);
  await page.goto(table.kiosk.url);
  await page.waitForSelector('.home');
  return page;
}

/** What is wrong with a page, one line each. */
export async function inspectPage(page: Page, name: string): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (shotsDir !== undefined) {
    await mkdir(shotsDir, { recursive: true });
    await page.screenshot({ path: join(shotsDir, `kiosk-${name}.png`) });
  }
  const faults = [...(await axeFaults(page)), ...(await fitFaults(page))];
  return faults.map((line) => `${name} ${line}`);
}
