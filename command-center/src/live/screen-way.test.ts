import { createTerminals, saveLinkStates, seedDivisions } from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pointAt } from '#testing/page-hive.ts';
import { openScreenHouse, type Opened, type ScreenHouse } from '#testing/page-screen.ts';
import { sessionCookie } from '#testing/session-cookie.ts';
import { enrolled, record } from '#testing/start-test-centre.ts';

const village = '540202205201';
/** Long enough for a machine that six others share. */
const testMs = 120_000;
const terminalId = `${village}-1`;

const stack = new AsyncDisposableStack();
let house: ScreenHouse;
beforeAll(async () => {
  const opening = openScreenHouse(async (store) => {
    await seedDivisions(store.pool);
    await createTerminals(store, [{ terminalId, region: village, simulated: true }]);
    const { data, ...fact } = enrolled(village);
    await record(store, [{ ...fact, data: { ...data, terminalId } }]);
    await saveLinkStates(store.pool, [longSilent()]);
  });
  house = stack.use(await opening);
}, 240_000);
afterAll(() => stack.disposeAsync());

function longSilent() {
  const at = Temporal.Now.instant()
    .subtract({ minutes: 20 })
    .toString({ fractionalSecondDigits: 3 });
  return {
    terminalId,
    region: village,
    connected: false,
    linkSince: at,
    beatAt: at,
    waiting: 0,
    oldestWaitingAt: null,
    deadLetters: 0,
    desiredVersion: 1,
    camera: 'ready',
    version: '0.1.0',
    device: null,
  } as const;
}

/** A screen whose browser is also signed in, and a hand that counts its clicks. */
async function openSignedIn(): Promise<{ readonly screen: Opened; readonly hand: Hand }> {
  const screen = await house.open();
  const agent = await screen.page.evaluate(() => navigator.userAgent);
  const who = { roles: ['dispatcher'], region: '5402', agent } as const;
  const cookie = await sessionCookie(house.store, who);
  await screen.context.addCookies([{ ...cookie, url: house.url }]);
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  await screen.page.locator('.card-terminal-offline').waitFor();
  return { screen, hand: countingHand(screen.page) };
}

interface Hand {
  readonly clicks: () => number;
  readonly clickHive: (placeWords: string) => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
}

function countingHand(page: Page): Hand {
  let clicks = 0;
  return {
    clicks: () => clicks,
    clickHive: async (placeWords) => {
      const { x, y } = await pointAt(page, placeWords);
      clicks += 1;
      await page.mouse.click(x, y);
    },
    click: async (selector) => {
      clicks += 1;
      await page.locator(selector).click();
    },
  };
}

const address = (page: Page) => new URL(page.url()).pathname;
const terminalPage = `/console/terminals/${village}/${terminalId}`;

test(
  'from the hive it is four clicks to the terminal, where its code can be made',
  async () => {
    const { screen, hand } = await openSignedIn();
    await using _ = screen;
    const { page } = screen;
    // Where a press lands is asked of a hive at rest.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const name of ['桑珠孜', '东嘎乡', '曲瓦']) {
      await hand.clickHive('桑珠孜 东嘎乡 曲瓦');
      await page.locator('.crumbs [aria-current]', { hasText: name }).waitFor();
    }
    expect(address(page)).toBe(`/screen/${village}`);
    await hand.click('.acts-terminal');
    await page.waitForURL(`**${terminalPage}`);
    await page.locator('.workplace-aside', { hasText: terminalId }).waitFor();
    expect(hand.clicks()).toBeLessThanOrEqual(4);
  },
  testMs,
);

test(
  'from what waits it is one click to the place and a second to the terminal',
  async () => {
    const { screen, hand } = await openSignedIn();
    await using _ = screen;
    await hand.click('.card-terminal-offline');
    await screen.page.locator('.village').waitFor();
    expect(address(screen.page)).toBe(`/screen/${village}`);
    await hand.click('.acts-terminal');
    await screen.page.waitForURL(`**${terminalPage}`);
    expect(hand.clicks()).toBe(2);
  },
  testMs,
);

test(
  'every act of a village opens on the console for whoever is signed in',
  async () => {
    const { screen, hand } = await openSignedIn();
    await using _ = screen;
    const { page } = screen;
    await hand.click('.card-terminal-offline');
    await page.locator('.acts-terminal').waitFor();
    const links = await page
      .locator('.acts a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links).toEqual([
      terminalPage,
      `/console/villages/${village}`,
      `/console/trouble/${village}`,
    ]);
    for (const link of links) {
      await page.goto(house.url + link);
      await page.locator('.workplace').waitFor();
      expect(address(page)).toBe(link);
    }
  },
  testMs,
);

test(
  'by keyboard alone one goes down to the village, hears where one is, and comes back up',
  async () => {
    const { screen } = await openSignedIn();
    await using _ = screen;
    const { page } = screen;
    const said = page.locator('.look-spoken');
    await tabTo(page, 'canvas');
    await said.getByText(/\d+ 村：/u).waitFor();
    await walkTo(page, '桑珠孜，');
    expect(await page.locator('canvas').evaluate((it) => getComputedStyle(it).outlineStyle)).toBe(
      'solid',
    );
    await page.keyboard.press('Enter');
    await page.waitForURL('**/screen/540202');
    await walkTo(page, '东嘎乡，');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/screen/540202205');
    await walkTo(page, '桑珠孜 东嘎乡 曲瓦：');
    expect(await said.textContent()).toContain('断开');
    await page.keyboard.press('Enter');
    await page.locator('.village').waitFor();
    await tabTo(page, '.acts-terminal');
    for (const path of ['/screen/540202205', '/screen/540202', '/screen/']) {
      await page.keyboard.press('Escape');
      await page.waitForURL(house.url + path);
    }
  },
  testMs,
);

test('each step of the breadcrumb is a way back up', { timeout: testMs }, async () => {
  await using screen = await house.open({ path: village });
  const { page } = screen;
  await page.locator('.crumbs button', { hasText: '桑珠孜' }).click();
  await page.waitForURL('**/screen/540202');
  await page.locator('.crumbs button', { hasText: '日喀则' }).click();
  await page.waitForURL('**/screen/');
  await page.locator('.crumbs').waitFor({ state: 'detached' });
});

/** Tab until the focus stands there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 80; press += 1) {
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) === true,
      selector,
    );
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${selector}.`);
}

/** Arrows, in widening rounds, until the page says that one stands on a place. */
async function walkTo(page: Page, place: string): Promise<void> {
  const heard = async () => (await page.locator('.look-spoken p').last().textContent()) ?? '';
  const rounds = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'] as const;
  for (let leg = 0; leg < 60; leg += 1) {
    for (let step = 0; step <= leg / 2; step += 1) {
      if ((await heard()).startsWith(place)) return;
      await page.keyboard.press(rounds[leg % 4] ?? 'ArrowRight');
    }
  }
  throw new Error(`Arrows never came to ${place}; the last was ${await heard()}.`);
}
