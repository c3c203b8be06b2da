import { createHash } from 'node:crypto';
import { ensureAdministrator, issueSignInLink, readDesired, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Centre } from '#start-centre.ts';
import { axeFaults } from '#testing/axe-faults.ts';
import { buildPagesApart, type BuiltPages } from '#testing/built-console.ts';
import { enrolTerminal } from '#testing/enrol-terminal.ts';
import { openBrowser } from '#testing/open-browser.ts';
import { startCentreOn } from '#testing/start-test-centre.ts';

const village = '540235100201';

let pages: BuiltPages;
let browser: Browser;
let store: TestStore;
let centre: Centre;
beforeAll(async () => {
  [pages, browser, store] = await Promise.all([buildPagesApart(), openBrowser(), openTestStore()]);
  await seedDivisions(store.pool);
  await enrolTerminal(store, village);
  centre = await startCentreOn(store, { pagesDir: pages.dir });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await centre[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await pages[Symbol.asyncDispose]();
}, 90_000);

async function signInUrl(): Promise<string> {
  const now = Temporal.Now.instant();
  const accountId = await ensureAdministrator(store.pool, { region: '5402', now });
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  return `${centre.url}/console/#sign-in=${token}`;
}

/** Every address a page asked for that is not the centre's own. */
function foreignRequests(context: BrowserContext): string[] {
  const foreign: string[] = [];
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(centre.url).host) foreign.push(request.url());
  });
  return foreign;
}

test('from a one-time link to a code in hand: sign in, choose a password, add a person, issue a code', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  const foreign = foreignRequests(context);
  const page = await context.newPage();
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
  const [grant] = (await readDesired(store.pool, `${village}-1`))?.grants ?? [];
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
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
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
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
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

  await page.goto(`${centre.url}/console/villages/${village}`);
  await page.getByText('扎西顿珠').first().waitFor();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wider).toBe(false);
  await page.getByRole('button', { name: 'tashi' }).click();
  await page.getByText('退出登录').click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
  expect(await page.getByText('扎西顿珠').count()).toBe(0);
  await context.close();
}, 90_000);
