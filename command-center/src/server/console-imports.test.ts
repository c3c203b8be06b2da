import { seedDivisions } from '@sightline/store';
import exceljs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  organisationCells,
  topCells,
  workbookOf,
  type SheetCell,
} from '#register-import/testing-imports.ts';
import { axeFaults } from '#testing/axe-faults.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { dailyWork, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(({ pool }) => seedDivisions(pool));
}, 180_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

async function choose(page: Page, name: string, rows: readonly SheetCell[][]): Promise<void> {
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const buffer = await workbookOf('organisations', rows);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}

async function countOrganisations(): Promise<number> {
  const { rows } = await console.store.pool.query<{ count: number }>(
    'select count(*)::int as count from organisation where ended_on is null',
  );
  return rows[0]?.count ?? -1;
}

const good = [topCells, organisationCells('A1')];
const bad = [topCells, organisationCells('A1', { 上级组织代码: 'NOWHERE', 组织类型: '小组' })];

test('a workbook with errors changes nothing and names each; mended it is applied, and undone', async () => {
  const page = await console.openAs(dailyWork, '/imports');
  await page.getByText('还没有导入').waitFor();
  await page.getByRole('radio', { name: '组织' }).check();
  await choose(page, '有误.xlsx', bad);

  const wrong = page.getByRole('article', { name: '有误.xlsx' });
  await wrong.getByText('已检查', { exact: true }).waitFor();
  const row = wrong.getByRole('row', { name: /^3/ });
  await row.getByText('“小组”不在可选项中', { exact: false }).waitFor();
  const apply = wrong.getByRole('button', { name: '应用' });
  expect(await apply.getAttribute('aria-description')).toMatch(/^还有错误的行/);
  expect(await axeFaults(page)).toEqual([]);
  expect(await layoutFaults(page, { isWide: true })).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    wrong.getByRole('link', { name: '下载错误清单 (.xlsx)' }).click(),
  ]);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(await download.path());
  expect(book.worksheets[0]?.rowCount).toBeGreaterThan(1);
  expect(await countOrganisations()).toBe(0);

  await choose(page, '改好.xlsx', good);
  const mended = page.getByRole('article', { name: '改好.xlsx' });
  await mended.getByText('已检查', { exact: true }).waitFor();
  expect(await mended.locator('.figures dd').allTextContents()).toEqual(['2', '0', '0', '0']);
  // By the one key that acts on what is chosen; it asks first.
  await page.keyboard.press('a');
  const ask = page.getByRole('dialog');
  await ask.getByText('将新增 2 行，修改 0 行', { exact: false }).waitFor();
  await ask.getByRole('button', { name: '应用' }).click();
  await mended.getByText('已应用', { exact: true }).waitFor();
  expect(await countOrganisations()).toBe(2);

  await mended.getByRole('button', { name: '撤销导入' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click();
  await mended.getByText('已撤销', { exact: true }).waitFor();
  expect(await countOrganisations()).toBe(0);
  await page.context().close();
}, 180_000);

test('what is no workbook is refused on the page in words; a telephone shows an import whole', async () => {
  const page = await console.openAs(dailyWork, '/imports', phone);
  await page.locator('input[type=file]').setInputFiles({
    name: '名单.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b'),
  });
  await page.getByText('只接受 .xlsx 工作簿', { exact: false }).waitFor();
  await choose(page, '电话.xlsx', bad);
  await page.getByRole('article', { name: '电话.xlsx' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await layoutFaults(page, { isWide: false })).toEqual([]);
  expect(await axeFaults(page)).toEqual([]);
  await page.context().close();
}, 120_000);
