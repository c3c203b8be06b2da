import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prefecture5402 } from '@sightline/contracts/divisions';
import { addPeople, seedDivisions, type Store } from '@sightline/store';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { fillLedger } from '#testing/fill-ledger.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { checkedIn, record } from '#testing/start-test-centre.ts';
import { dailyWork, desktop, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';

const county = '540235';
const days = 'from=2026-09-01&to=2026-09-30';
const languages = ['zh', 'bo', 'en'] as const;
const sizes = { desktop, phone };
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

/** A month of a few villages in two townships, four people on three posts. */
async function seed(store: Store): Promise<void> {
  const villages = prefecture5402
    .filter(({ code, level }) => level === 'village' && code.startsWith(county))
    .map(({ code }) => code)
    .filter((_, index) => index % 12 === 0);
  for (const region of villages) {
    const people = ['扎西顿珠', 'བསྟན་འཛིན་རྒྱ་མཚོ།', '央金卓玛', '次仁旺堆'].map((name) => {
      return { personId: randomUUID(), region, name, post: '委员' };
    });
    await addPeople(store, people, { now: Temporal.Now.instant(), actor: 'system:test' });
    const ids = people.map(({ personId }) => personId);
    await fillLedger(store, { regions: [region], people: ids, day: '2026-09-01', days: 30 });
    // Two people by PIN alone, twenty seconds apart.
    const together = ids.slice(0, 2).map((personId, index) => ({
      ...checkedIn(region, '2026-09-29/night', personId),
      at: `2026-09-29T23:50:${String(index * 20).padStart(2, '0')}.000Z`,
    }));
    await record(store, together);
  }
}

async function settle(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (shotsDir !== undefined) {
    await page.screenshot({ path: join(shotsDir, `ledger-${name}.png`), fullPage: true });
  }
}

test('the ledger of a county and month: places by code, duties by name, a finding chosen, a place entered', async () => {
  const page = await console.openAs(dailyWork, `/ledger/${county}?${days}`);
  const places = page.getByRole('region', { name: '按地区' }).getByRole('rowheader');
  await places.first().waitFor();
  const codes = await places.evaluateAll((cells) =>
    cells.map((cell) => /ledger\/(\d+)/.exec(cell.querySelector('a')?.href ?? '')?.[1] ?? ''),
  );
  expect(codes.length).toBeGreaterThan(1);
  expect(codes).toEqual(codes.toSorted());
  const duties = page.getByRole('region', { name: '班次明细' });
  await duties.getByRole('button', { name: '迟到' }).click();
  const late = () => duties.getByText(/迟 \d+ 分钟/).count();
  await expect.poll(late, { timeout: 20_000 }).toBeGreaterThan(20);
  expect(await duties.locator('.status').count()).toBe(await late());
  await settle(page, 'late');
  const hints = page.getByText('只是提示：不计入任何数字，也没有自动后果。');
  await hints.click();
  await page.getByText('扎西顿珠、བསྟན་འཛིན་རྒྱ་མཚོ།').first().waitFor();
  await settle(page, 'hints');
  await places.first().getByRole('link').click();
  await page.waitForURL(`**/ledger/${codes[0] ?? ''}?from=2026-09-01&to=2026-09-30`);
  await page.getByRole('button', { name: '日', exact: true }).click();
  await page.waitForURL(/from=(2026-09-\d\d)&to=\1/);
  await page.context().close();
}, 120_000);

test('it fits and reads in every language at every size, full, empty and on paper', async () => {
  const page = await console.openAs(dailyWork, '/help');
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    for (const language of languages) {
      await page.goto(`${console.centre.url}/console/ledger/${county}?${days}&lang=${language}`);
      await page.locator('.duty-figures').first().waitFor();
      await settle(page, `${name}-${language}`);
      const faults = () => layoutFaults(page, { isWide: size.width >= 1440 });
      await expect.poll(faults, { timeout: 5_000, message: `${language} ${name}` }).toEqual([]);
      const rules = await axeFaults(page);
      expect([language, name, ...rules]).toEqual([language, name]);
    }
  }
  await page.setViewportSize(desktop);
  await page.goto(`${console.centre.url}/console/ledger/${county}?${days}&lang=zh`);
  await page.locator('.duty-figures').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.workplace-tree, .top').filter({ visible: true }).count()).toBe(0);
  await settle(page, 'print');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${console.centre.url}/console/ledger/540221?${days}&lang=zh`);
  await page.getByText('这段时间没有班次').waitFor();
  await settle(page, 'empty');
  await page.context().close();
}, 240_000);

test('a duty opens with what it rests on; its appeal is proposed by one account and approved by another', async () => {
  const page = await console.openAs(dailyWork, `/ledger/${county}?${days}`);
  const duties = page.getByRole('region', { name: '班次明细' });
  await duties.getByRole('button', { name: '缺勤' }).click();
  await duties.locator('tr.row').filter({ hasText: '缺勤' }).first().click();
  const aside = page.getByRole('article', { name: '班次详情' });
  await aside.getByRole('button', { name: '代记申诉' }).click();
  const choose = (label: string, word: string) =>
    aside.getByRole('combobox', { name: label }).selectOption({ label: word });
  await choose('理由', '终端有故障');
  await aside.getByRole('textbox').fill('摄像头那天坏了，我在村委会');
  await aside.getByRole('button', { name: '代记申诉' }).click();
  await aside.getByText('已申诉，待拟办').first().waitFor();
  await choose('应为', '按时');
  await choose('理由', '终端有故障');
  await settle(page, 'appeal');
  await aside.getByRole('button', { name: '提交复核' }).click();
  await aside.getByText('由您提出，须由另一账号复核。').first().waitFor();
  await duties.getByRole('button', { name: /待办申诉 1/ }).click();
  await duties.getByText('终端有故障').waitFor();
  await settle(page, 'proposed');
  const other = await console.openAs(dailyWork, page.url().replace(/^.*\/console/, ''));
  const beside = other.getByRole('article', { name: '班次详情' });
  await beside.getByRole('button', { name: '核准', exact: true }).click();
  await beside.getByText('更正后：按时').first().waitFor();
  // The finding itself stays where it was, and its count with it.
  await other.getByText('其中更正为 按时 1').waitFor();
  expect(await beside.getByRole('region', { name: '原结论' }).innerText()).toContain('缺勤');
  await settle(other, 'corrected');
  for (const [name, size] of Object.entries(sizes)) {
    await other.setViewportSize(size);
    const faults = () => layoutFaults(other, { isWide: size.width >= 1440 });
    await expect.poll(faults, { timeout: 5_000, message: name }).toEqual([]);
    await settle(other, `corrected-${name}`);
    expect([name, ...(await axeFaults(other))]).toEqual([name]);
  }
  await Promise.all([page.context().close(), other.context().close()]);
}, 240_000);
