import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPages } from '#kiosk/testing/build-pages.ts';
import { openBrowser, type TestBrowser } from '#kiosk/testing/open-browser.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { kioskSizes, walkKiosk, type ShotLanguage } from '#kiosk/testing/shoot-kiosk.ts';

let pages: string;
let browser: TestBrowser;
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  await buildPages(pages);
  browser = await openBrowser('enrol');
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await rm(pages, { recursive: true });
});

test.each<ShotLanguage>(['zh', 'bo', 'en'])(
  'every state of the kiosk fits every screen in %s, and axe-core finds nothing there',
  async (language) => {
    const page = await browser.browser.newPage();
    const faults: string[] = [];
    let states = 0;
    await walkKiosk({ page, language, pages }, async (name) => {
      states += 1;
      for (const size of kioskSizes) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.setViewportSize({ width, height });
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        faults.push(...(await fitFaults(page)).map((fault) => `${name} ${size} ${fault}`));
      }
      // Names, roles and colours are the same in every language.
      if (language !== 'zh') return;
      faults.push(...(await axeFaults(page)).map((fault) => `${name} ${fault}`));
    });
    await page.close();
    expect(faults).toEqual([]);
    expect(states).toBeGreaterThan(40);
  },
  300_000,
);
