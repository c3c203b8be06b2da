import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { kioskSizes, walkKiosk, type ShotLanguage } from '#kiosk/testing/shoot-kiosk.ts';

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk('enrol');
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

test.each<ShotLanguage>(['zh', 'bo', 'en'])(
  'every state of the kiosk fits every screen in %s, and axe-core finds nothing there',
  async (language) => {
    const page = await built.browser.newPage();
    const faults: string[] = [];
    let states = 0;
    await walkKiosk({ page, language, pages: built.pages }, async (name) => {
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
