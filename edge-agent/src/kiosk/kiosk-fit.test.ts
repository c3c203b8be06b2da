import { speak } from '@sightline/look/testing/speak';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { kioskSizes, walkKiosk, type ShotLanguage } from '#kiosk/testing/shoot-kiosk.ts';

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk('enrol');
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

/** The walk's own language comes last, and goes on. */
const languages: readonly ShotLanguage[] = ['bo', 'en', 'zh'];

test('every state of the kiosk fits every screen in every language, and axe-core finds nothing there', async () => {
  const page = await built.browser.newPage();
  const faults: string[] = [];
  let states = 0;
  await walkKiosk({ page, language: 'zh', pages: built.pages }, async (name) => {
    states += 1;
    for (const language of languages) {
      await speak(page, language);
      for (const size of kioskSizes) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.setViewportSize({ width, height });
        const found = await fitFaults(page);
        faults.push(...found.map((fault) => `${name} ${language} ${size} ${fault}`));
      }
    }
    // Names, roles and colours are the same in every language.
    faults.push(...(await axeFaults(page)).map((fault) => `${name} ${fault}`));
  });
  await page.close();
  expect(faults).toEqual([]);
  expect(states).toBeGreaterThan(40);
}, 600_000);
