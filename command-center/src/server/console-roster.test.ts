import { randomUUID } from 'node:crypto';
import { workbookType } from '@sightline/contracts';
import { addPeople, createTerminals, readRoster, seedDivisions } from '@sightline/store';
import exceljs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { dailyWork, openConsole, type OpenConsole } from '#testing/open-console.ts';

const village = '540235100201';
const names = ['扎西', '央金', '次仁', '达瓦'] as const;
const people = names.map((name) => ({ personId: randomUUID(), region: village, name, post: '' }));

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    await createTerminals(store, [
      { terminalId: `${village}-1`, region: village, simulated: true },
    ]);
    const now = Temporal.Now.instant();
    await addPeople(store, people, { now, actor: 'system:test' });
  });
}, 180_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

/** The month after this one: none of its shifts has begun. */
const first = Temporal.Now.plainDateISO('Asia/Shanghai').add({ months: 1 }).with({ day: 1 });
const month = first.toPlainYearMonth().toString();
const dayAt = (day: number) => first.with({ day }).toString();

const held = async (day: number) => {
  const span = { scope: village, from: dayAt(day), to: dayAt(day) };
  const slots = await readRoster(console.store.pool, span);
  return slots.map(({ post, shift, personId }) => {
    const name = people.find((person) => person.personId === personId)?.name ?? '';
    return `${post} ${shift.slice(11)} ${name}`;
  });
};
const pane = (page: Page) => page.getByRole('article', { name: '当天值班' });

test('a month is generated as it was shown, one slot of it is changed at once and taken back', async () => {
  const page = await console.openAs(dailyWork, `/roster/${village}/${month}`);
  await page.getByText('本村还没有排班规则', { exact: false }).waitFor();
  await page.getByRole('button', { name: '生成' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('值班 规则').selectOption('rule');
  await dialog.getByRole('button', { name: '试排' }).click();
  const changed = dialog.locator('.figures dd').first();
  await changed.waitFor();
  expect(await changed.textContent()).toBe(String(2 * first.daysInMonth));
  expect(await held(2)).toEqual([]);
  await dialog.getByRole('button', { name: '应用' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await held(2)).toEqual(['watch day 央金', 'watch night 央金']);

  await page.locator(`[data-day="${dayAt(2)}"]`).click();
  await pane(page).getByLabel('值班 全天 值班人').selectOption({ label: '达瓦' });
  const undo = page.getByRole('button', { name: '撤销上次改动' });
  await expect.poll(() => held(2)).toEqual(['watch day 达瓦', 'watch night 达瓦']);
  expect(await axeFaults(page)).toEqual([]);
  expect(await layoutFaults(page, { isWide: true })).toEqual([]);
  await undo.click();
  await expect.poll(() => held(2)).toEqual(['watch day 央金', 'watch night 央金']);
  await page.context().close();
}, 120_000);

test('a swap stands once the other’s word is recorded and another account approves', async () => {
  const page = await console.openAs(dailyWork, `/roster/${village}/${dayAt(3)}`);
  const [mine] = await held(3);
  await pane(page).getByRole('button', { name: '换班 / 请假' }).click();
  const dialog = page.getByRole('dialog');
  const submit = dialog.getByRole('button', { name: '提交申请' });
  expect(await submit.getAttribute('aria-description')).toBe('请先选对方');
  await dialog.getByLabel('对方', { exact: true }).selectOption({ label: '达瓦' });
  await dialog.getByLabel('对方的班次').selectOption(`${dayAt(4)} full watch`);
  await dialog.getByRole('checkbox', { name: '本人已同意' }).check();
  await submit.click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '换班与请假' }).click();
  await page.getByRole('button', { name: '记录：对方已同意' }).click();
  await page.getByText('待批准').waitFor();
  const own = page.getByRole('button', { name: '批准', exact: true });
  expect(await own.getAttribute('aria-description')).toBe('由您提出：须由另一账号批准。');
  await page.context().close();

  const second = await console.openAs(dailyWork, `/roster/${village.slice(0, 9)}`);
  await second.getByRole('button', { name: '换班与请假' }).click();
  await second.getByRole('button', { name: '批准', exact: true }).click();
  await second.getByText('没有换班、请假或顶班').waitFor();
  expect(await held(4)).toContain(mine);
  expect(await held(3)).toEqual(['watch day 达瓦', 'watch night 达瓦']);
  await second.context().close();
}, 120_000);

test('a workbook that names a stranger changes nothing, and the page names sheet, row and cell', async () => {
  const page = await console.openAs(dailyWork, `/roster/${village}/${month}`);
  await page.locator('[data-day] .day-line').first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出' }).click(),
  ]);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(await download.path());
  const [sheet] = book.worksheets;
  // The first place of exceljs's values is never used.
  const headers = (sheet?.getRow(1).values ?? []) as unknown[];
  const column = headers.findIndex((header) => String(header).startsWith('值班白班 '));
  // The row of the second day.
  if (sheet !== undefined) sheet.getRow(3).getCell(column).value = '卓玛';
  const buffer = Buffer.from(await book.xlsx.writeBuffer());
  await page.getByRole('button', { name: '导入', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const file = { name: '值班表.xlsx', mimeType: workbookType, buffer };
  await dialog.locator('input[type=file]').setInputFiles(file);
  const row = dialog.getByRole('row', { name: /^540235100201/ });
  await row.getByText('“卓玛”不在本村名单上', { exact: false }).waitFor();
  expect(await row.getByRole('cell').first().textContent()).toBe('3');
  expect(await dialog.getByRole('button', { name: '应用' }).count()).toBe(0);
  expect(await held(2)).toEqual(['watch day 央金', 'watch night 央金']);
  await page.context().close();
}, 120_000);
