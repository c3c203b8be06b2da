import { createHash } from 'node:crypto';
import { ensureAccount, issueSignInLink, readDesired, seedDivisions } from '@sightline/store';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { enrolTerminal } from '#testing/enrol-terminal.ts';
import {
  dailyWork,
  isTooWide,
  openConsole,
  phone,
  type OpenConsole,
} from '#testing/open-console.ts';

const village = '540235100201';

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedDivisions(store.pool);
    await enrolTerminal(store, village);
  });
}, 180_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

/** A link into the one account of the daily work. */
async function signInUrl(): Promise<string> {
  const { store, centre } = console;
  const now = Temporal.Now.instant();
  const accountId = await ensureAccount(store.pool, { ...dailyWork, now });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  return `${centre.url}/console/#sign-in=${token}`;
}

/** Every address a page asked for that is not the centre's own. */
function foreignRequests(context: BrowserContext): string[] {
  const foreign: string[] = [];
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(console.centre.url).host)
      foreign.push(request.url());
  });
  return foreign;
}

test('from a one-time link to a code in hand: sign in, choose a password, add a person, issue a code', async () => {
  const page = await console.openTab();
  const context = page.context();
  const foreign = foreignRequests(context);
  await page.goto(await signInUrl());
  await page.getByRole('heading', { name: '设置登录名和密码' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  expect(await axeFaults(page)).toEqual([]);

  await page.getByLabel('登录名').fill('tashi');
  await page.getByLabel('密码', { exact: true }).fill('a quiet sentence');
  await page.getByLabel('再输入一次密码').fill('a quiet sentence');
  await page.getByRole('button', { name: '完成并进入' }).click();

  // Keyboard first: find the village by its initials, and read its page.
  await page.getByRole('heading', { name: '日喀则市' }).waitFor();
  await page.getByText('聂拉木县').first().waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.keyboard.type('zongtacun');
  await page.getByRole('option', { name: '聂拉木县 聂拉木镇 宗塔村' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '宗塔村' }).waitFor();
  await page.getByText('还没有人员').waitFor();

  await page.getByRole('button', { name: '添加人员' }).click();
  await page.getByLabel('姓名').fill('扎西顿珠');
  await page.getByLabel('职务').fill('支部书记');
  await page.getByRole('button', { name: '添加', exact: true }).click();
  const row = page.locator('.person', { hasText: '扎西顿珠' });
  await row.waitFor();
  expect(await axeFaults(page)).toEqual([]);

  await row.getByRole('button', { name: '设置密码' }).click();
  const code = (await page.locator('.code-text').textContent())?.replaceAll(/\s/g, '') ?? '';
  expect(code).toMatch(/^\d{8}$/);
  await page.getByText(/还有 9:\d\d 有效/).waitFor();
  const [grant] = (await readDesired(console.store.pool, `${village}-1`))?.grants ?? [];
  const hash = createHash('sha256')
    .update(`${grant?.salt ?? ''}\n${code}`)
    .digest('base64url');
  expect(grant?.codeHash).toBe(hash);

  await page.keyboard.press('Escape');
  await page.locator('.code-text').waitFor({ state: 'hidden' });
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: '江东村' }).waitFor();
  expect(foreign).toEqual([]);
  await context.close();
}, 90_000);

test('an answer about who is signed in that comes late does not hide the sign-in that came meanwhile', async () => {
  const page = await console.openTab(phone);
  const context = page.context();
  const used = Promise.withResolvers<void>();
  await page.route('**/api/me', async (route) => {
    const answer = await route.fetch();
    await used.promise;
    await route.fulfill({ response: answer });
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/api/session/link') && response.ok()) used.resolve();
  });
  await page.goto(await signInUrl());
  await page.getByRole('heading', { name: '日喀则市' }).waitFor();
  await context.close();
}, 90_000);

test('a used link says so and leads to the password; a wrong one is refused in words; signing out forgets the names', async () => {
  const page = await console.openTab(phone);
  const context = page.context();
  const url = await signInUrl();
  const first = await context.newPage();
  await first.goto(url);
  await first.getByRole('heading', { name: '日喀则市' }).waitFor();
  await first.close();
  await context.clearCookies();

  await page.goto(url);
  await page.getByText('链接已失效').first().waitFor();
  await page.getByRole('button', { name: '用密码登录' }).click();
  await page.getByLabel('登录名').fill('tashi');
  await page.getByLabel('密码').fill('not this one');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('登录名或密码不对').waitFor();
  await page.getByLabel('密码').fill('a quiet sentence');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '日喀则市' }).waitFor();

  await page.goto(`${console.centre.url}/console/villages/${village}`);
  await page.getByText('扎西顿珠').first().waitFor();
  expect(await isTooWide(page)).toBe(false);
  await page.getByRole('button', { name: 'tashi' }).click();
  await page.getByText('退出登录').click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
  expect(await page.getByText('扎西顿珠').count()).toBe(0);
  await context.close();
}, 90_000);
