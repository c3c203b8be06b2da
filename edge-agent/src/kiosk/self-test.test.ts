import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SelfTests } from '#device-health/self-tests.ts';
import { buildPages } from '#kiosk/testing/build-pages.ts';
import { openBrowser } from '#kiosk/testing/open-browser.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';

vi.setConfig({ testTimeout: 120_000 });

let pages: string;
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  await buildPages(pages);
}, 120_000);
afterAll(() => rm(pages, { recursive: true }));

async function openSelfTest(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.getByRole('button', { name: '人员录入' }).click();
  await page.getByRole('button', { name: '设备自检' }).click();
}

test('a person sees themselves, is heard and hears: the terminal keeps that, and no sound or picture', async () => {
  await using table = await openTableKiosk({ pages });
  // Chromium's own film and beep stand before the page: a voice is heard.
  await using opened = await openBrowser('loop');
  const page = await opened.browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await openSelfTest(page, table.kiosk.url);
  await page.getByText('听见您了').waitFor();
  const done = page.locator('.self-test-done');
  expect(await done.isDisabled()).toBe(true);
  await page.getByRole('button', { name: '看得见自己' }).click();
  await page.getByRole('button', { name: '听得见' }).click();
  await done.click();
  await page.getByRole('button', { name: '值班签到' }).waitFor();
  const kept = (await SelfTests.open(table.dir)).last();
  expect(kept).toEqual({ at: tableTime, camera: 'seen', microphone: 'heard', speaker: 'heard' });
  expect((await table.client.state()).selfTest).toEqual(kept);
  expect(table.terminal.facts).toEqual([]);
});

test('without camera and microphone the page says so, and that is what is reported', async () => {
  await using table = await openTableKiosk({ pages });
  await using opened = await openBrowser(null);
  const page = await opened.browser.newPage({ viewport: { width: 1366, height: 768 } });
  await openSelfTest(page, table.kiosk.url);
  await page.getByText('没有找到麦克风').waitFor();
  await page.getByText('没有找到摄像头').waitFor();
  await page.getByRole('button', { name: '听不见' }).click();
  await page.locator('.self-test-done').click();
  await page.getByRole('button', { name: '值班签到' }).waitFor();
  expect((await SelfTests.open(table.dir)).last()).toMatchObject({
    camera: 'absent',
    microphone: 'absent',
    speaker: 'not-heard',
  });
});
