import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { shiftAt } from '@sightline/contracts';
import { openStore, seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScreen } from '#testing/built-screen.ts';
import { openBrowser } from '#testing/open-browser.ts';
import { openWire, type Wire } from '#testing/open-wire.ts';
import {
  brokerListens,
  checkedIn,
  enrolled,
  record,
  screenToken,
  startCentreOn,
} from '#testing/start-test-centre.ts';

const villages = ['540202001001', '540202001002', '540235100001'] as const;
const shift = shiftAt(Temporal.Now.instant()).key;
const stack = new AsyncDisposableStack();

let behind: Awaited<ReturnType<typeof openTestStore>>;
let wire: Wire;
let url: string;
let browser: Browser;
beforeAll(async () => {
  const pages = stack.use(await buildScreen());
  browser = await openBrowser();
  stack.defer(() => browser.close());
  behind = stack.use(await openTestStore());
  wire = stack.use(await openWire(behind.databaseUrl));
  const store = stack.use(
    await openStore({ databaseUrl: wire.databaseUrl, applicationName: 'sightline-test-screen' }),
  );
  await seedDivisions(behind.pool);
  await record(behind, villages.map(enrolled));
  const through = { ...store, databaseUrl: wire.databaseUrl };
  url = stack.use(await startCentreOn(through, pages)).url;
});
afterAll(async () => stack.disposeAsync());

interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** What the page complained about, and every request that left this centre. */
  readonly complaints: readonly string[];
  readonly strangers: readonly string[];
  /** Everything that came over the live socket. */
  readonly heard: readonly string[];
}

async function openScreen(region = '5402', path = ''): Promise<Opened> {
  await keepBrokerAlive();
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
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
  await page.goto(`${url}/screen/${path}#token=${await screenToken(behind, region)}`);
  await page.locator('canvas[data-as-of]').waitFor();
  return {
    page,
    complaints,
    strangers,
    heard,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** The broker's row as of now; the same beginning every time, or it would be a restart. */
async function keepBrokerAlive(): Promise<void> {
  const hour = Temporal.Now.instant().round({ smallestUnit: 'hour', roundingMode: 'floor' });
  await brokerListens(behind, hour.subtract({ hours: 1 }));
}

const figure = (page: Page) => page.locator('.duty-now .look-figure-value');

test('a check-in makes the big figure rise and is painted in its cell, and nobody is named on the wire', async () => {
  await using screen = await openScreen();
  await figure(screen.page).getByText('/ 3 村').waitFor();
  expect(await figure(screen.page).textContent()).toBe('0/ 3 村');
  const personId = randomUUID();
  const position = await record(behind, [checkedIn(villages[0], shift, personId)]);
  await screen.page.waitForFunction(
    (wanted) => Number(document.querySelector('canvas')?.dataset['asOf']) >= wanted,
    position,
  );
  await screen.page.waitForFunction(
    () => document.querySelector('.duty-now .look-figure-value')?.textContent === '1/ 3 村',
  );
  await screen.page.locator('.feed li').getByText('值班签到').first().waitFor();
  expect(screen.heard.join('')).toContain('duty.checked-in');
  expect(screen.heard.join('')).not.toContain(personId);
  expect(screen.page.url()).not.toContain('token');
  expect(screen.strangers).toEqual([]);
  expect(screen.complaints).toEqual([]);
});

test('with the database gone the page says so, knows no status any more, and returns by itself', async () => {
  await using screen = await openScreen();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  wire.cut();
  await screen.page.locator('.truth').getByText('数据库没有应答').waitFor();
  const unknown = screen.page.locator('.funnel > div', { hasText: '未知' }).locator('dd');
  await expect.poll(() => unknown.textContent()).toBe('3');
  await screen.page.locator('.card-part-down').waitFor();
  wire.mend();
  await keepBrokerAlive();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
});

test('with the link gone for 3 s the page vouches for nothing, and returns with what it missed', async () => {
  await using screen = await openScreen();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  await screen.page.context().setOffline(true);
  await screen.page.locator('.truth').getByText('与指挥中心失去联系').waitFor();
  expect(await screen.page.locator('.top-data').textContent()).toMatch(/^数据截至 \d\d:\d\d:\d\d$/);
  await record(behind, [checkedIn(villages[1], shift, randomUUID())]);
  await keepBrokerAlive();
  await screen.page.context().setOffline(false);
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  await screen.page.waitForFunction(
    () => document.querySelector('.duty-now .look-figure-value')?.textContent === '2/ 3 村',
  );
});

test('one goes down to a village and with Escape back up; the address says where one is', async () => {
  await using screen = await openScreen();
  const { page } = screen;
  await page.locator('.divisions button', { hasText: '桑珠孜' }).click();
  await page.locator('.divisions button').first().click();
  await page.locator('.divisions button').first().click();
  await page.locator('.village').waitFor();
  expect(new URL(page.url()).pathname).toBe('/screen/540202001001');
  expect(await page.locator('.village dl').textContent()).toContain('模拟终端');
  for (const path of ['/screen/540202001', '/screen/540202', '/screen/']) {
    await page.keyboard.press('Escape');
    await page.waitForURL(`${url}${path}`);
  }
  await page.locator('.village').waitFor({ state: 'detached' });
});

test('a screen of one county shows that county as its whole', async () => {
  await using screen = await openScreen('540235');
  await figure(screen.page).getByText('/ 1 村').waitFor();
  expect(screen.heard.join('')).not.toContain('540202');
});

test('the page fits without scrolling in three languages at three sizes', async () => {
  await using screen = await openScreen();
  const { page } = screen;
  for (const language of ['bo', 'en', 'zh']) {
    await page.locator(`.look-languages button[lang=${language}]`).click();
    for (const [width, height] of [
      [1366, 768],
      [3840, 2160],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      const clipped = await page.evaluate(() =>
        [
          '.top',
          '.duty',
          '.divisions ul',
          '.waiting',
          '.hive-foot',
          '.strip',
          '.screen-right',
          '.screen',
        ].filter((name) => {
          const part = document.querySelector(name);
          if (part === null) return false;
          const isWide = part.scrollWidth > part.clientWidth + 1;
          return isWide || part.scrollHeight > part.clientHeight + 1;
        }),
      );
      expect([language, width, clipped]).toEqual([language, width, []]);
    }
  }
});

test('the page has no accessibility fault that axe knows', async () => {
  await using screen = await openScreen();
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  await screen.page.evaluate(axe);
  const faults = await screen.page.evaluate(async () => {
    // The text just evaluated put axe there.
    const { axe: run } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(faults).toEqual([]);
});
