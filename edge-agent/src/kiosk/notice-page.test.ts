import type { TerminalNotice } from '@sightline/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';
import { inspectPage, visitKiosk } from '#kiosk/testing/visit-kiosk.ts';

vi.setConfig({ testTimeout: 240_000 });

const [ann] = tablePeople;
const { personId } = ann;
const pin = '135790';
const sizes = [
  [1080, 1920],
  [1366, 768],
] as const;

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk();
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

const by = { login: 'pianduo', roles: ['dispatcher'], region: '5402' };
const long: TerminalNotice = {
  noticeId: '0190a5d4-0000-7000-8000-0000000000b1',
  level: 'important',
  title: '今夜到明晨有暴雪，请各村做好值守和牲畜棚加固，确认道路情况',
  text: '各村：\n今夜八时起有暴雪。请值班人员在岗，检查牲畜棚、危房和道路。\n'.repeat(12),
  by,
  postedAt: '2026-11-23T13:30:00.000Z',
  mustReadBy: '2026-11-23T16:00:00.000Z',
};
const short: TerminalNotice = {
  noticeId: '0190a5d4-0000-7000-8000-0000000000b2',
  level: 'plain',
  title: '设备检修',
  text: '明日下午检修线路，终端会断网两小时，签到照常。',
  by,
  postedAt: '2026-11-23T10:00:00.000Z',
};
const check = {
  checkId: '0190a5d4-0000-7000-8000-0000000000c1',
  reason: 'routine',
  note: '',
  by,
  orderedAt: '2026-11-23T13:30:00.000Z',
  until: '2026-11-23T13:35:00.000Z',
} as const;

async function openTable(): Promise<TableKiosk> {
  const grants = [tableGrant('set-pin', personId)];
  const settings = { faceEnabled: false, demo: true };
  const desired = tableDesired({ notices: [long, short], checks: [check], grants, settings });
  const table = await openTableKiosk({
    pages: built.pages,
    terminal: new TableTerminal(tableTime, desired),
  });
  await table.client.post('/api/pin', { personId, code: '12345678', pin });
  return table;
}

const visit = (table: TableKiosk, language = 'zh', size: readonly number[] = [1366, 768]) =>
  visitKiosk(built.browser, table, { language, size });

test('home says what is unread; it is read without a link, and an important one signed for by PIN', async () => {
  await using table = await openTable();
  const page = await visit(table);
  await page.getByText('2 条通知未读').click();
  await page.getByText(short.title).click();
  await page.getByText('我已阅读').click();
  await page.locator('.notice-receipt').waitFor();
  await page.locator('.back').click();
  await page.getByText(long.title).click();
  await page.getByText('用密码签收').click();
  await page.getByText(ann.name).click();
  await page.keyboard.type(pin);
  await page.locator('.notice-receipt', { hasText: ann.name }).waitFor();
  expect(table.terminal.facts.slice(-2).map(({ type, data }) => [type, data['personId']])).toEqual([
    ['notice.read', undefined],
    ['notice.read', personId],
  ]);
  await page.locator('.back').click();
  await page.locator('.back').click();
  await page.getByText('通知（都已阅读）').waitFor();
  await page.close();
});

test.each(['zh', 'bo', 'en'])(
  'every page of it reads and reaches in %s: contrast, names, sizes, nothing cut off',
  async (language) => {
    await using table = await openTable();
    const wrong: string[] = [];
    // The small one is the hardest; Chinese is looked at in all.
    for (const size of language === 'zh' ? sizes : sizes.slice(1)) {
      const page = await visit(table, language, size);
      const look = async (name: string): Promise<void> => {
        wrong.push(...(await inspectPage(page, `${name}-${size.join('x')}-${language}`)));
      };
      await look('home-notices');
      await page.locator('.notices-link').click();
      await page.waitForSelector('.check-list');
      await look('notices');
      await page.locator('.notice-line').first().click();
      await page.waitForSelector('.notice-text');
      await look('notice');
      await page.close();
    }
    expect(wrong).toEqual([]);
  },
);
