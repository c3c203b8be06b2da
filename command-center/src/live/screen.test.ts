import { randomUUID } from 'node:crypto';
import { shiftAt } from '@sightline/contracts';
import { seedDivisions } from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScreenHouse, type ScreenHouse } from '#testing/page-screen.ts';
import { checkedIn, enrolled, record } from '#testing/start-test-centre.ts';

const villages = ['540202001001', '540202001002', '540235100001'] as const;
const shift = shiftAt(Temporal.Now.instant()).key;

const stack = new AsyncDisposableStack();
let house: ScreenHouse;
beforeAll(async () => {
  const opening = openScreenHouse(async (store) => {
    await seedDivisions(store.pool);
    await record(store, villages.map(enrolled));
  });
  house = stack.use(await opening);
}, 240_000);
afterAll(() => stack.disposeAsync());

const figure = (page: Page) => page.locator('.duty-now .look-figure-value');

test('a check-in makes the big figure rise and is painted in its cell, and nobody is named on the wire', async () => {
  await using screen = await house.open();
  await figure(screen.page).getByText('/ 3 村').waitFor();
  expect(await figure(screen.page).textContent()).toBe('0/ 3 村');
  const personId = randomUUID();
  const position = await record(house.store, [checkedIn(villages[0], shift, personId)]);
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
  await using screen = await house.open();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  house.wire.cut();
  await screen.page.locator('.truth').getByText('数据库没有应答').waitFor();
  const unknown = screen.page.locator('.funnel > div', { hasText: '未知' }).locator('dd');
  await expect.poll(() => unknown.textContent()).toBe('3');
  await screen.page.locator('.card-part-down').waitFor();
  house.wire.mend();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
});

test('with the link gone for 3 s the page vouches for nothing, and returns with what it missed', async () => {
  await using screen = await house.open();
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  await screen.page.context().setOffline(true);
  await screen.page.locator('.truth').getByText('与指挥中心失去联系').waitFor();
  expect(await screen.page.locator('.top-data').textContent()).toMatch(/^数据截至 \d\d:\d\d:\d\d$/);
  await record(house.store, [checkedIn(villages[1], shift, randomUUID())]);
  await screen.page.context().setOffline(false);
  await screen.page.locator('.truth').waitFor({ state: 'detached' });
  await screen.page.waitForFunction(
    () => document.querySelector('.duty-now .look-figure-value')?.textContent === '2/ 3 村',
  );
});

test('one goes down to a village and with Escape back up; the address says where one is', async () => {
  await using screen = await house.open();
  const { page } = screen;
  await page.locator('.divisions button', { hasText: '桑珠孜' }).click();
  await page.locator('.divisions button').first().click();
  await page.locator('.divisions button').first().click();
  await page.locator('.village').waitFor();
  expect(new URL(page.url()).pathname).toBe('/screen/540202001001');
  expect(await page.locator('.village dl').textContent()).toContain('模拟终端');
  for (const path of ['/screen/540202001', '/screen/540202', '/screen/']) {
    await page.keyboard.press('Escape');
    await page.waitForURL(`${house.url}${path}`);
  }
  await page.locator('.village').waitFor({ state: 'detached' });
});

test('a screen of one county shows that county as its whole', async () => {
  await using screen = await house.open({ region: '540235' });
  await figure(screen.page).getByText('/ 1 村').waitFor();
  expect(screen.heard.join('')).not.toContain('540202');
});
