import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComplaintReceipt } from '@sightline/contracts';
import {
  addPeople,
  appendAudit,
  issueViewerToken,
  raiseComplaint,
  seedDivisions,
  type Store,
} from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { desktop, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';

const village = '540235100201';
const personId = randomUUID();
const longWords = '值班室的灯坏了三天，报修两次没有人来。'.repeat(20);
const languages = ['zh', 'bo', 'en'] as const;
const sizes = { desktop, large: { width: 1920, height: 1080 }, phone };
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    await seed(store);
  });
  if (shotsDir !== undefined) await mkdir(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

/** A person who was read about, and complaints of every age. */
async function seed(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const person = { personId, region: village, name: '扎西顿珠', post: '支部书记' };
  await addPeople(store, [person], { now, actor: 'system:test' });
  for (let index = 0; index < 12; index += 1) {
    const complaint = {
      complaintId: randomUUID(),
      kind: (['complaint', 'suggestion', 'wrong-record'] as const)[index % 3] ?? 'complaint',
      sentences:
        ([['terminal-broken', 'please-call'], ['too-many-checks'], []] as const)[index % 3] ?? [],
      text: index % 3 === 2 ? longWords : '',
      contact: index % 2 === 0 ? '13800000000' : '',
      region: village,
      origin: 'console',
    } as const;
    await raiseComplaint(store, complaint, now.subtract({ hours: 24 * (12 - index) }));
  }
  for (const what of ['people.read', 'check-ins.read', 'people.export']) {
    const entry = {
      who: 'system:test',
      what,
      region: village,
      purpose: 'duty-watch',
      subject: null,
    };
    await appendAudit(store.pool, { entry, now });
  }
}

const officer = { roles: ['dispatcher', 'registrar'], region: '540235' } as const;
const onlooker = { roles: ['viewer'], region: '540235' } as const;

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (shotsDir !== undefined)
    await page.screenshot({ path: join(shotsDir, `console-${name}.png`) });
}

test('anybody signed in complains on any page, keeps the number, and is answered; the answerer never sees who', async () => {
  const page = await console.openAs(onlooker, '/villages');
  await page.getByRole('button', { name: '提意见' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '求助没有人答复' }).click();
  await dialog.getByLabel('说明（至多 500 字）').fill('昨晚求助，一小时没有人接。');
  await dialog.getByRole('button', { name: '提交' }).click();
  const number = (await dialog.locator('.raised-number').innerText()).replaceAll(' ', '');
  expect(number).toMatch(/^\d{9}$/);
  expect(await axeFaults(page)).toEqual([]);

  const desk = await console.openAs(officer, '/complaints');
  await desk.getByText('求助没有人答复').first().click();
  const detail = desk.locator('.complaint');
  await detail.getByText('昨晚求助，一小时没有人接。').waitFor();
  await desk.keyboard.press('a');
  await detail.getByText('正在处理').waitFor();
  await detail.getByLabel('答复内容（至多 500 字）').fill('值班员漏接，已改为双人值守。');
  await detail.getByRole('button', { name: '答复', exact: true }).click();
  await detail.getByText('已答复').waitFor();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.context().close();

  await dialog.getByText('查答复', { exact: true }).click();
  await dialog
    .getByLabel('9 位回执号')
    .fill(`${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`);
  await dialog.getByRole('button', { name: '查询' }).click();
  await dialog.getByText('值班员漏接，已改为双人值守。').waitFor();
  await dialog.getByRole('button', { name: '没有解决，再提一次' }).click();
  await dialog.getByText('已再次提出').waitFor();
  await page.context().close();
}, 120_000);

test('who read about a person is one button away, with this reading in it, and prints as a sheet', async () => {
  const page = await console.openAs(officer, `/villages/${village}`);
  const row = page.locator('.person', { hasText: '扎西顿珠' });
  await row.getByRole('button', { name: '谁查看过' }).click();
  const sheet = page.locator('.readings');
  await sheet.getByText('查看谁查看过').waitFor();
  await sheet.getByText('导出人员名单').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shoot(page, 'readings-zh');
  await page.emulateMedia({ media: 'print' });
  expect(await sheet.isVisible()).toBe(true);
  expect(await page.locator('.top').isVisible()).toBe(false);
  await page.context().close();
}, 120_000);

test.each(languages)(
  'every page of it in %s: nothing cut off, nothing axe minds, at every width',
  async (language) => {
    const faults: string[] = [];
    for (const [name, size] of Object.entries(sizes)) {
      const page = await console.openAs(
        { ...officer, login: `t-${language}-${name}` },
        '/complaints',
        size,
      );
      await page.evaluate((chosen) => localStorage.setItem('sightline-language', chosen), language);
      await page.reload();
      await page.locator(`html[lang="${language}"]`).waitFor();
      const look = async (what: string): Promise<void> => {
        await shoot(page, `${what}-${name}-${language}`);
        const isWide = size.width >= 1900;
        const found = [...(await axeFaults(page)), ...(await layoutFaults(page, { isWide }))];
        faults.push(...found.map((fault) => `${what} ${name} ${language}: ${fault}`));
      };
      await page.locator('tr.row').first().waitFor();
      await look('complaints');
      await page.locator('tr.row').nth(2).click();
      await page.locator('.said-text').waitFor();
      await look('complaint');
      await page.locator('.raise-button').click();
      await page.locator('.raise-sentences').waitFor();
      await page.locator('.raise-sentences button').nth(1).click();
      await look('raise');
      await page.context().close();
    }
    expect(faults).toEqual([]);
  },
  240_000,
);

test('the screen takes one in its corner and shows its number', async () => {
  const { store, centre } = console;
  const now = Temporal.Now.instant();
  const { token } = await issueViewerToken(store.pool, { region: '540235', label: '', now });
  const page = await console.openTab({ width: 1920, height: 1080 });
  await page.goto(`${centre.url}/screen/#token=${token}`);
  await page.locator('.raise-corner').waitFor();
  await shoot(page, 'screen');
  await page.locator('.raise-corner').click();
  await page.getByRole('button', { name: '终端坏了' }).click();
  await shoot(page, 'screen-raise');
  expect(await axeFaults(page)).toEqual([]);
  const replied = page.waitForResponse('**/api/complaints');
  await page.getByRole('button', { name: '提交' }).click();
  const reply = (await (await replied).json()) as ComplaintReceipt;
  const shown = await page.locator('.raise-number').innerText();
  expect(shown.replaceAll(' ', '')).toBe(reply.receipt);
  await page.keyboard.press('Escape');
  await page.locator('.raise-sheet').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('raise-corner');
  await page.context().close();
}, 120_000);
