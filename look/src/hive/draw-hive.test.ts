import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { hivePage } from '#testing/hive-page.ts';
import { openBrowser } from '#testing/open-browser.ts';
import { serveSource, type SourceServer } from '#testing/serve-source.ts';

const village = '540202200201';
const neighbour = '540202200202';

let server: SourceServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await serveSource(hivePage);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(server.url);
  await page.waitForFunction('window.isReady');
  await page.evaluate(
    `show(layout.villages.map((one) => [one.code, { status: 'not-equipped', onDuty: false }]))`,
  );
});

afterEach(async () => {
  await page.close();
});

/** Colour at the middle of a village's hexagon, as hex. */
async function colourOf(code: string): Promise<string> {
  return await page.evaluate<string>(`(() => {
    const { x, y } = hive.placeOf('${code}');
    const pixel = document.querySelector('canvas').getContext('2d').getImageData(x, y, 1, 1).data;
    return '#' + [...pixel.slice(0, 3)].map((value) => value.toString(16).padStart(2, '0')).join('');
  })()`);
}

async function clickOn(code: string): Promise<void> {
  const place = await page.evaluate<{ x: number; y: number }>(`hive.placeOf('${code}')`);
  await page.mouse.click(place.x, place.y);
}

test('a check-in turns its village green, its neighbour stays, and the page hears which position is on screen', async () => {
  expect(await colourOf(village)).toBe('#0e1420');
  const painted = await page.evaluate(
    `show([['${village}', { status: 'online', onDuty: true }]], 42)`,
  );
  expect(painted).toBe(42);
  expect(await page.evaluate('log.painted.at(-1)')).toBe(42);
  expect(await colourOf(village)).toBe('#3fb68b');
  expect(await colourOf(neighbour)).toBe('#0e1420');
});

test('one changed village costs the painting of one hexagon, and an unchanged one nothing', async () => {
  const fillsOf = async (cells: string): Promise<unknown> =>
    await page.evaluate(`(async () => {
      const paint = OffscreenCanvasRenderingContext2D.prototype;
      const { fill } = paint;
      let fills = 0;
      paint.fill = function (...how) { fills += 1; return fill.apply(this, how); };
      await show(${cells});
      paint.fill = fill;
      return fills;
    })()`);
  const cell = `[['${village}', { status: 'online', onDuty: true }]]`;
  expect(await fillsOf(cell)).toBe(2); // Ground over the old one, then the new one.
  expect(await fillsOf(cell)).toBe(0);
});

test('reachable with nobody on duty does not look like on duty', async () => {
  await page.evaluate(`show([['${village}', { status: 'online', onDuty: false }]])`);
  expect(await colourOf(village)).not.toBe('#3fb68b');
  expect(await colourOf(village)).not.toBe('#0e1420');
});

test('zoomed to a county only its villages are there, and back again all', async () => {
  const place = await page.evaluate<{ x: number; y: number }>(`hive.placeOf('${village}')`);
  expect(await page.evaluate(`hive.hitTest(${place.x}, ${place.y})`)).toBe(village);
  await page.evaluate(`hive.zoomTo('540235')`);
  expect(await page.evaluate(`hive.placeOf('${village}')`)).toBeNull();
  expect(
    await page.evaluate(`layout.villages.filter((one) => hive.placeOf(one.code) !== null).length`),
  ).toBe(44);
  await page.evaluate('hive.zoomTo(null)');
  expect(await page.evaluate(`hive.placeOf('${village}')`)).toEqual(place);
});

test('a press picks the county from afar, the township in its county, the village in its township', async () => {
  const picked = async (): Promise<unknown> => await page.evaluate('log.picked.at(-1)');
  await clickOn(village);
  expect(await picked()).toBe('540202');
  await page.evaluate(`hive.zoomTo('540202')`);
  await clickOn(village);
  expect(await picked()).toBe('540202200');
  await page.evaluate(`hive.zoomTo('540202200')`);
  await clickOn(village);
  expect(await picked()).toBe(village);
});

test('a village in alarm is one press away from any height', async () => {
  await page.evaluate(`show([['${village}', { status: 'online', onDuty: true, alarm: 1 }]])`);
  await clickOn(village);
  expect(await page.evaluate('log.picked')).toEqual([village]);
});

test('arrows walk over the counties, Enter goes in, Escape goes up', async () => {
  await page.focus('canvas');
  await page.keyboard.press('ArrowRight');
  const first = await page.evaluate<string>('log.focused.at(-1)');
  expect(first).toMatch(/^5402\d\d$/u);
  await page.keyboard.press('ArrowDown');
  const second = await page.evaluate<string>('log.focused.at(-1)');
  expect(second).not.toBe(first);
  await page.keyboard.press('Enter');
  expect(await page.evaluate('log.picked')).toEqual([second]);
  await page.evaluate(`hive.zoomTo('${second}')`);
  await page.keyboard.press('Escape');
  expect(await page.evaluate('log.picked')).toEqual([second, '5402']);
});

test('who comes by keyboard stands somewhere at once, also after going in and coming back up', async () => {
  const focused = async (): Promise<unknown> => await page.evaluate('log.focused.at(-1)');
  await page.keyboard.press('Tab');
  const county = await focused();
  expect(county).toMatch(/^5402\d\d$/u);
  await page.keyboard.press('Enter');
  expect(await page.evaluate('log.picked')).toEqual([county]);
  await page.evaluate(`hive.zoomTo('540202')`);
  expect(await focused()).toMatch(/^540202\d{3}$/u);
  await page.evaluate(`hive.zoomTo('540202205')`);
  expect(await focused()).toMatch(/^540202205\d{3}$/u);
  await page.evaluate(`hive.zoomTo('540202')`);
  expect(await focused()).toBe('540202205');
  await page.evaluate('hive.zoomTo(null)');
  expect(await focused()).toBe('540202');
});

test('the village a page is open at is outlined, and Escape leads from it to its township', async () => {
  await page.evaluate(`hive.zoomTo('540202200')`);
  await page.evaluate('frames(2)');
  const before = await page.evaluate(`document.querySelector('canvas').toDataURL()`);
  await page.evaluate(`hive.zoomTo('${village}')`);
  await page.evaluate('frames(2)');
  expect(await page.evaluate(`document.querySelector('canvas').toDataURL()`)).not.toBe(before);
  await page.focus('canvas');
  expect(await page.evaluate('log.focused.at(-1)')).toBe(village);
  await page.keyboard.press('Escape');
  expect(await page.evaluate('log.picked')).toEqual(['540202200']);
});

test('a village is told in a sentence', async () => {
  await page.evaluate(`show([['${village}', { status: 'stale', onDuty: true, alarm: 2 }]])`);
  expect(await page.evaluate(`hive.describe('${village}')`)).toBe(
    '桑珠孜 曲布雄乡 坚孜：Ⅱ级告警，信号不稳，有人值守',
  );
  expect(await page.evaluate(`hive.describe('540202')`)).toBe(
    '桑珠孜，179 村：告警 1，信号不稳 1，未配备 178',
  );
});

test('the way to a county is short, even, and ends within 200 ms', async () => {
  const moving = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await moving.clock.install({ time: 0 });
  await moving.goto(server.url);
  await moving.waitForFunction('window.isReady');
  // Without this the page's time also runs on by itself, and a busy machine is past the end.
  await moving.clock.pauseAt(600_000);
  const scale = async (): Promise<number> =>
    await moving.evaluate<number>(`hive.placeOf('540235203').x - hive.placeOf('540235100').x`);
  await moving.clock.runFor(50);
  const before = await scale();
  await moving.evaluate(`hive.zoomTo('540235')`);
  await moving.clock.runFor(60);
  const between = await scale();
  await moving.clock.runFor(140);
  const after = await scale();
  await moving.clock.runFor(500);
  expect(Math.abs(between)).toBeGreaterThan(Math.abs(before));
  expect(Math.abs(after)).toBeGreaterThan(Math.abs(between));
  expect(await scale()).toBe(after);
  await moving.close();
});

test('where people want no motion, the county is there at once', async () => {
  const place = await page.evaluate(
    `(() => { hive.zoomTo('540235'); return hive.placeOf('540235100'); })()`,
  );
  await page.evaluate('frames(2)');
  expect(await page.evaluate(`hive.placeOf('540235100')`)).toEqual(place);
});
