import { speak } from '@sightline/look/testing/speak';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { findMisfits } from '#testing/page-fit.ts';
import { openScreenHouse, type Opened, type ScreenHouse } from '#testing/page-screen.ts';
import { checkInLate, seedScene, tellLinks } from '#testing/seed-scene.ts';

const sizes = [
  [1366, 768],
  [3840, 2160],
  [1920, 1080],
] as const;
const languages = ['bo', 'en', 'zh'] as const;
const village = '540202205201';
const cutVillage = '540235100201';
const openingMs = 300_000;
const lookMs = 300_000;

/** Every language at every size: what does not fit, and what axe finds wrong. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const language of languages) {
      if (width === 1920) await page.locator(`.look-languages button[lang=${language}]`).click();
      await speak(page, language);
      const misfits = await findMisfits(page);
      faults.push(...misfits.map((fault) => `${language} ${width}: ${fault}`));
      // The last size: names, roles and colours are the same at all of them.
      if (width !== 1920) continue;
      faults.push(...(await axeFaults(page)).map((fault) => `${language} axe: ${fault}`));
    }
  }
  return faults;
}

const known = (page: Page) => page.locator('.truth').waitFor({ state: 'detached' });

describe('with nothing equipped yet', () => {
  const stack = new AsyncDisposableStack();
  let house: ScreenHouse;
  beforeAll(async () => {
    house = stack.use(await openScreenHouse((store) => seedScene(store, 'empty')));
  }, openingMs);
  afterAll(() => stack.disposeAsync());

  test('every text fits and axe finds no fault', { timeout: lookMs }, async () => {
    await using screen = await house.open();
    await known(screen.page);
    expect(await faultsOf(screen.page)).toEqual([]);
  });
});

describe('with 671 villages', () => {
  const stack = new AsyncDisposableStack();
  let house: ScreenHouse;
  beforeAll(async () => {
    house = stack.use(await openScreenHouse((store) => seedScene(store, 'full')));
    await checkInLate(house.store);
  }, openingMs);
  afterAll(() => stack.disposeAsync());

  const open = async (path = ''): Promise<Opened> => {
    await tellLinks(house.store, 'full');
    const screen = await house.open({ path });
    await known(screen.page);
    await screen.page.locator('.funnel > :first-child:not(.funnel-none)').waitFor();
    return screen;
  };

  for (const [what, path] of [
    ['an ordinary day', ''],
    ['a county', '540202'],
    ['a village open', village],
  ] as const) {
    test(`${what}: every text fits and axe finds no fault`, { timeout: lookMs }, async () => {
      await using screen = await open(path);
      expect(await faultsOf(screen.page)).toEqual([]);
    });
  }

  test('a county dark, and then its village open', { timeout: lookMs }, async () => {
    await using screen = await open();
    await tellLinks(house.store, 'outage');
    await screen.page.locator('.card-region-dark').waitFor();
    expect(await faultsOf(screen.page)).toEqual([]);
    await screen.page.goto(`${house.url}/screen/${cutVillage}`);
    await screen.page.locator('.village').waitFor();
    await known(screen.page);
    expect(await faultsOf(screen.page)).toEqual([]);
  });

  test('the database gone, and then the whole server', { timeout: lookMs }, async () => {
    await using screen = await open();
    house.wire.cut();
    await screen.page.locator('.card-part-down').waitFor();
    expect(await faultsOf(screen.page)).toEqual([]);
    await screen.context.setOffline(true);
    await screen.page.locator('.truth').getByText('失去联系').waitFor();
    expect(await faultsOf(screen.page)).toEqual([]);
    house.wire.mend();
  });
});
