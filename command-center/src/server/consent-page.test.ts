import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { addPeople, createTerminal, readDesired, seedDivisions } from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import {
  dailyWork,
  isTooWide,
  openConsole,
  phone,
  type OpenConsole,
} from '#testing/open-console.ts';
import { TestDevice } from '#testing/test-device.ts';
import { vouchFor } from '#testing/vouch-for.ts';

const village = '540235100201';
const terminalId = `${village}-1`;
const personId = randomUUID();

let console: OpenConsole;
let device: TestDevice;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    const change = { now: Temporal.Now.instant(), actor: 'system:test' };
    await addPeople(store, [{ personId, region: village, name: '扎西顿珠', post: '' }], change);
    await createTerminal(store, { terminalId, region: village, simulated: true });
    device = await TestDevice.enrol(store, { terminalId, region: village });
    const place = { terminalId, region: village };
    const grantId = await vouchFor(store, { ...place, personId, actor: 'system:test' });
    await device.append(store, [device.enrolled(personId, grantId)]);
  });
}, 180_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

async function savedReceipt(page: Page): Promise<Record<string, string>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 JSON' }).click(),
  ]);
  // What this page saved: every value is a text.
  return JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, string>;
}

test('by keyboard, from an enrolled face to a receipt in hand that anybody can verify', async () => {
  const { store } = console;
  const who = { ...dailyWork, login: 'tashi' };
  const page = await console.openAs(who, `/villages/${village}`, phone);
  const row = page.locator('.person', { hasText: '扎西顿珠' });
  await row.getByText('人脸已录入').waitFor();

  await row.getByRole('button', { name: '撤回人脸同意' }).focus();
  await page.keyboard.press('Enter');
  const ask = page.getByRole('dialog');
  await ask.getByText('此操作不能撤销').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await ask.getByRole('button', { name: '撤回并删除' }).focus();
  await page.keyboard.press('Enter');
  await row.getByText('已撤回，等待终端删除').waitFor();
  const [person] = (await readDesired(store.pool, terminalId))?.people ?? [];
  expect(person?.faceWithdrawn).toBe(true);
  const button = row.getByRole('button', { name: '撤回人脸同意' });
  expect(await button.getAttribute('aria-description')).toBe('已经撤回，见同意与删除回执。');

  // The terminal erases and says so: the page hears of it by itself.
  await device.append(store, [device.erased(personId)]);
  await row.getByText('已撤回，人脸已删除').waitFor();

  await row.getByRole('button', { name: '同意与删除回执' }).focus();
  await page.keyboard.press('Enter');
  const ledger = page.getByRole('region', { name: '扎西顿珠 的同意与删除回执' });
  await ledger.getByText('签名有效').waitFor();
  await ledger.getByText('值守台，经办 tashi').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await ledger.getByRole('button', { name: '查看回执' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('确由该终端的设备密钥签署').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await isTooWide(page)).toBe(false);

  const saved = await savedReceipt(page);
  const key = createPublicKey({
    key: Buffer.from(saved['publicKey'] ?? '', 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const sig = Buffer.from(saved['signature'] ?? '', 'base64url');
  const text = Buffer.from(saved['text'] ?? '');
  expect(verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, sig)).toBe(true);
  expect(JSON.stringify(saved)).not.toContain('扎西顿珠');
  await page.context().close();
}, 120_000);
