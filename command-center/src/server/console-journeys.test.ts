import { randomUUID } from 'node:crypto';
import type { AccountRole } from '@sightline/contracts';
import { addPeople, listAudit, saveLinkStates, seedDivisions, type Store } from '@sightline/store';
import exceljs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolTerminal } from '#testing/enrol-terminal.ts';
import { dailyWork, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';
import { seedRegister } from '#testing/seed-register.ts';
import { brokerListens } from '#testing/start-test-centre.ts';
import { tabThrough } from '#testing/tab-through.ts';

const villages = ['540235100201', '540235100202', '540235100203'] as const;
const [village] = villages;

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    for (const region of villages) await enrolTerminal(store, region);
    const person = { personId: randomUUID(), region: village, name: '扎西顿珠', post: '' };
    await addPeople(store, [person], { now: Temporal.Now.instant(), actor: 'system:test' });
    await seedRegister(store);
    await tellHealth(store);
  });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

/** The first terminal says how its machine is. */
async function tellHealth(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const at = now.toString({ fractionalSecondDigits: 3 });
  await brokerListens(store, now.subtract({ hours: 1 }));
  const selfTest = { at, camera: 'seen', microphone: 'silent', speaker: 'heard' } as const;
  const device = { diskFreeMb: 512, diskTotalMb: 61_440, memoryFreeMb: 2048, temperatureC: 61 };
  await saveLinkStates(store.pool, [
    {
      terminalId: `${village}-1`,
      region: village,
      connected: true,
      linkSince: at,
      beatAt: at,
      waiting: 3,
      oldestWaitingAt: at,
      deadLetters: 0,
      desiredVersion: 1,
      camera: 'ready',
      version: '0.1.0',
      device: { ...device, selfTest },
    },
  ]);
}

const inRole = (role: AccountRole) => ({ roles: [role], region: '5402' }) as const;

/** The rows of the workbook that a key or a button downloads. */
async function downloaded(page: Page, act: () => Promise<void>): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(await download.path());
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    // The first place of exceljs's values is never used.
    rows.push((row.values as unknown[]).slice(1).map(String));
  });
  return rows;
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

test('keys alone lead from page to page, through rows, into a terminal and back; a dialog gives the focus back', async () => {
  const page = await console.openAs(inRole('system-administrator'), '/');
  await page.getByRole('heading', { name: '日喀则市 终端' }).waitFor();
  await page.getByText(`${village}-1`).waitFor();
  await page.keyboard.press('j');
  await page.locator('tr[aria-current]', { hasText: `${village}-1` }).waitFor();
  await page.keyboard.press('j');
  await page.locator('tr[aria-current]', { hasText: `${villages[1]}-1` }).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');

  const detail = page.getByRole('article', { name: `${village}-1` });
  await detail.getByText('可用 0.5 GB，共 60.0 GB').waitFor();
  await detail.getByText('61 °C').waitFor();
  expect(await detail.locator('.lines .warn').allTextContents()).toEqual([
    expect.stringMatching(/已 \d+ 秒/),
    expect.stringContaining('设置待同步'),
    expect.stringContaining('可用 0.5 GB'),
    expect.stringContaining('没有声音'),
  ]);
  await detail.getByRole('button', { name: '重新启用' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.code-text').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.code-text').waitFor({ state: 'hidden' });
  expect(await focused(page)).toBe('重新启用');

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: '键盘与帮助' });
  await help.getByText('导出列表').waitFor();
  await help.getByText('数据质量').waitFor();
  // Not a page of this role, so no key leads there.
  expect(await help.getByText('审计', { exact: true }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: '日喀则市 数据质量' }).waitFor();
  await page.context().close();
}, 120_000);

test('a list is taken out by one key and opens as a workbook', async () => {
  const page = await console.openAs(dailyWork, '/terminals');
  await page.getByText(`${village}-1`).waitFor();
  const [head, ...rows] = await downloaded(page, () => page.keyboard.press('e'));
  expect(head?.[0]).toBe('终端 Terminal');
  expect(rows.map(([terminalId]) => terminalId)).toEqual(villages.map((region) => `${region}-1`));
  await page.context().close();
}, 120_000);

test('each administrator lands on the page of their work, and a page that is not theirs says why', async () => {
  const page = await console.openAs(inRole('audit-administrator'), '/');
  await page.getByRole('heading', { name: '审计' }).waitFor();
  await page.goto(`${console.centre.url}/console/access`);
  await page.getByText('您的角色：审计管理员。').waitFor();
  await page.getByRole('link', { name: '去“审计”' }).click();
  await page.getByRole('heading', { name: '审计' }).waitFor();
  await page.context().close();
}, 120_000);

test('the audit is narrowed by what was done, and its address holds the filter', async () => {
  const reader = await console.openAs(dailyWork, `/villages/${village}`);
  await reader.getByText('扎西顿珠').first().waitFor();
  await reader.context().close();
  const page = await console.openAs(inRole('audit-administrator'), '/audit?what=people.read');
  await page.getByRole('cell', { name: '读取人员姓名' }).first().waitFor();
  expect(await page.getByRole('cell', { name: '读取签到姓名' }).count()).toBe(0);
  await page.getByRole('button', { name: '全部', exact: true }).click();
  await page.getByRole('cell', { name: '读取签到姓名' }).first().waitFor();
  expect(new URL(page.url()).search).toBe('');
  const rows = await downloaded(page, () => page.keyboard.press('e'));
  expect(rows.some((row) => row.includes('check-ins.read'))).toBe(true);
  await page.context().close();
}, 120_000);

test('the security administrator sees where an account is signed in and ends it', async () => {
  const login = `nyima-${randomUUID().slice(0, 6)}`;
  const other = await console.openAs({ ...dailyWork, login }, '/villages');
  await other.getByRole('heading', { name: '日喀则市' }).waitFor();
  const page = await console.openAs(inRole('security-administrator'), '/');
  await page.locator('.card', { hasText: login }).getByRole('button', { name: '会话' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '结束' }).click();
  await dialog.getByText('没有登录').waitFor();
  await other.getByRole('heading', { name: '登录' }).waitFor();
  await page.context().close();
  await other.context().close();
}, 120_000);

test('an organisation is found by its spelling; names are read once it was said why, and leave covered', async () => {
  const page = await console.openAs(dailyWork, '/organisations/540235');
  await page.getByRole('heading', { name: '聂拉木县 组织' }).waitFor();
  await page.getByRole('region', { name: '党员构成' }).getByText('70 岁以上').waitFor();
  await page.getByText('按组织').click();
  await page.keyboard.press('/');
  await page.keyboard.type('zhonggongzongtacun');
  await page.getByRole('option', { name: '中共宗塔村支部委员会' }).waitFor();
  await page.keyboard.press('Enter');

  const detail = page.getByRole('article', { name: '中共宗塔村支部委员会' });
  await detail.getByText('为何事查看姓名？').waitFor();
  const seen = () => listAudit(console.store.pool, { scope: village, before: null, limit: 50 });
  expect((await seen()).some(({ what }) => what === 'members.read')).toBe(false);
  await detail.getByText('核对数据').click();
  await detail.getByRole('button', { name: '查看姓名' }).click();
  await detail.getByText('5402*************X').first().waitFor();
  expect((await seen()).find(({ what }) => what === 'members.read')?.purpose).toBe('data-quality');

  const rows = await downloaded(page, () => detail.getByRole('button', { name: '导出' }).click());
  expect(rows.slice(1).every((row) => row.includes('5402*************X'))).toBe(true);
  expect((await seen())[0]).toMatchObject({ what: 'members.export', purpose: 'data-quality' });
  await page.context().close();
}, 120_000);

test('what is wrong in the register is counted, listed, and leads to where it is mended', async () => {
  const page = await console.openAs(dailyWork, '/quality', phone);
  await page.getByRole('link', { name: '2 有终端而没有人员的村' }).click();
  await page.getByRole('link', { name: /江东村/ }).click();
  await page.getByRole('heading', { name: '江东村' }).waitFor();
  await page.context().close();
}, 120_000);

test('Tab reaches everything that can be pressed, and what has the focus shows it', async () => {
  const page = await console.openAs(dailyWork, `/quality/${village}/people-without-post`);
  const row = page.getByRole('link', { name: /宗塔村/ }).first();
  await row.waitFor();
  await page.waitForLoadState('networkidle');
  const { count, unreached, unseen } = await tabThrough(page);
  expect({ unreached, unseen }).toEqual({ unreached: [], unseen: [] });
  expect(count).toBeGreaterThan(12);
  await page.context().close();
}, 120_000);
