import { openBrowser } from '@sightline/look/testing';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { buildPagesApart } from '#testing/built-console.ts';
import { openMemoryGauge } from '#testing/page-memory.ts';
import { openPageSource, type PageSource } from '#testing/page-source.ts';

/** Six days settle what a page caches (words, fonts, code); as many again may keep nothing more. */
const daysBeforeCount = 6;
const daysCounted = 7;
const beatsPerDay = 144;
const beatsPerBurst = 12;
const patienceMs = 60_000;

/**
 * A leak of a kilobyte a frame would be 3 MB, of one element a pulse 1,000 nodes. What grows without one
 * is code that the engine goes on compiling (0.1 MB in two days, once in a while 1 MB) and the browser's
 * own lists of what it timed, which are bounded.
 */
const mostGrowth = { heapBytes: 2_000_000, nodes: 200, listeners: 20 } as const;

test('two weeks of frames, shift changes, visits and broken links leave the page no larger', async () => {
  await using pages = await buildPagesApart();
  await using source = await openPageSource(pages.dir);
  await using browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${source.url}/screen/`);
  await page.locator('canvas[data-as-of]').waitFor();
  const measure = await openMemoryGauge(page);
  for (let day = 0; day < daysBeforeCount; day += 1) await liveDay(page, source);
  const middle = await measure();
  for (let day = 0; day < daysCounted; day += 1) await liveDay(page, source);
  const end = await measure();
  expect(source.position()).toBeGreaterThan(40_000);
  expect(end.heapBytes - middle.heapBytes).toBeLessThan(mostGrowth.heapBytes);
  expect(end.nodes - middle.nodes).toBeLessThan(mostGrowth.nodes);
  expect(end.listeners - middle.listeners).toBeLessThan(mostGrowth.listeners);
}, 900_000);

/** From 18:00 over the night's watch, midnight and the day's; somebody looks around, once the link breaks. */
async function liveDay(page: Page, source: PageSource): Promise<void> {
  for (let beat = 0; beat < beatsPerDay; beat += beatsPerBurst) {
    for (let sent = 0; sent < beatsPerBurst; sent += 1) source.beat({ minutes: 10 });
    await untilPainted(page, source.position());
  }
  await visit(page);
  for (const language of ['bo', 'en', 'zh']) {
    await page.locator(`.look-languages button[lang=${language}]`).click();
  }
  const before = source.watches();
  source.cutOff();
  await expect.poll(source.watches, { timeout: patienceMs }).toBeGreaterThan(before);
  await untilPainted(page, source.position());
}

async function visit(page: Page): Promise<void> {
  for (const digits of [6, 9, 12]) {
    await page.locator('.divisions button').first().click();
    await page.waitForURL((url) => url.pathname.length === `/screen/`.length + digits);
  }
  await page.locator('.village').waitFor();
  for (const digits of [9, 6, 0]) {
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname.length === `/screen/`.length + digits);
  }
}

async function untilPainted(page: Page, position: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => Number(document.querySelector('canvas')?.dataset['asOf']) >= wanted,
    position,
  );
}
