import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FactType } from '@sightline/contracts';
import { addPeople } from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole, phone, type OpenConsole } from '#testing/open-console.ts';
import { equippedVillages, seedScene } from '#testing/seed-scene.ts';

const [village = '', other = ''] = equippedVillages().filter((one) => one.startsWith('540235'));
const township = village.slice(0, 9);
const personId = '0190a5d4-0000-7000-8000-0000000000a1';
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

let console: OpenConsole;
const sources = new Map([village, other].map((region) => [region, new TestSource()]));
beforeAll(async () => {
  console = await openConsole(async (store) => {
    await seedScene(store, 'empty');
    const now = Temporal.Now.instant();
    for (const [region, { source }] of sources) {
      await store.pool.query(
        `insert into terminal (terminal_id, region, simulated) values ($1, $2, true) on conflict do nothing`,
        [`t-${region}`, region],
      );
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
         values ($1, $2, '', $3) on conflict do nothing`,
        [source, `t-${region}`, now.toString()],
      );
    }
    const person = { personId, region: village, name: '扎西顿珠', post: '' };
    await addPeople(store, [person], { now, actor: 'system:test' });
  });
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

/** What a village's terminal says of a meeting. */
function say(region: string, type: FactType, data: Record<string, unknown>): Promise<unknown> {
  const source = sources.get(region);
  if (source === undefined) throw new Error(`No terminal stands in ${region}.`);
  const at = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const own = { terminalId: `t-${region}`, ...data };
  return source.append(console.store, [{ region, type, at, data: own }]);
}

const shooter =
  (page: Page) =>
  async (name: string): Promise<void> => {
    if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
  };
/** Of the room the page has gone to. */
async function meetingOf(page: Page): Promise<string> {
  await page.waitForURL(/\/meetings\/\d+\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

test('a county is called, steered, called by roll twice, ended, and its result read', async () => {
  const page = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/meetings');
  const shoot = shooter(page);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await page.getByText('还没有会议').waitFor();
  await page.getByText('没有连上会议媒体服务器').first().waitFor();
  await page.keyboard.press('n');
  await page.getByText('将叫到 2 个会场').waitFor();
  expect(await button('现在呼叫 2 个会场').getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('会议名称').fill('今冬防雪灾值守部署会');
  await shoot('meeting-call');
  await button('现在呼叫 2 个会场').click();
  await page.getByText('进行中').waitFor();
  const meetingId = await meetingOf(page);

  // What needs pictures is off with its reason; all else works.
  expect(await button('检查设备并进入').getAttribute('aria-description')).toContain(
    '媒体服务不可用',
  );
  await say(village, 'meeting.rung', { meetingId });
  await say(village, 'meeting.answered', { meetingId, answer: 'accepted', how: 'touch' });
  await say(other, 'meeting.answered', { meetingId, answer: 'declined', how: 'touch' });
  await page.getByText('已应答，未到场').waitFor();
  await page.getByText('已拒接').waitFor();

  await page.keyboard.press('m');
  await page.getByText('已全体静音').waitFor();
  await page.getByText('已锁定发言').waitFor();
  const row = page.locator('tbody tr.row').first();
  await row.getByRole('button', { name: '发言' }).click();
  await page.getByText('已给发言权').waitFor();
  await row.getByRole('button', { name: '收回' }).waitFor();
  await row.getByRole('button', { name: '上墙' }).click();
  await page.locator('.picture').first().waitFor();
  await row.locator('td').first().click();
  await button('设为主会场').click();
  await page.getByText('会场角色已更改').waitFor();
  await page.keyboard.press('Escape');
  await button('开始录像').click();
  await page.getByText('正在录像').waitFor();
  await button('停止录像').click();
  await page.getByText('已停止录像').waitFor();
  expect(await button(/^轮巡 0 个会场/).getAttribute('aria-description')).toContain('两个会场');
  await shoot('meeting-room');

  await page.keyboard.press('2');
  await page.keyboard.press('r');
  const present = page.locator('[data-roll-call="present"]');
  const asked = page.locator('[data-roll-call="asked"]');
  await page.getByText('第 1 次点名').waitFor();
  expect([await present.innerText(), await asked.innerText()]).toEqual(['0', '2']);
  await say(village, 'meeting.present', { meetingId, round: 1, method: 'pin', personId });
  await page.locator('[data-roll-call="present"]', { hasText: '1' }).waitFor();
  await page.getByText('等待 1 个').waitFor();
  await shoot('meeting-roll-call');
  await page.keyboard.press('r');
  await button('再点未到的 1 个').click();
  await page.getByText('第 2 次点名').waitFor();
  expect(await asked.innerText()).toBe('1');
  await say(other, 'meeting.present', { meetingId, round: 2, method: 'button' });
  await page.locator('[data-roll-call="present"]', { hasText: '1' }).waitFor();
  await button(/^结束点名/).click();

  await button('结束会议').click();
  await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
  await page.getByText('到 1，应到 2，未到 1').waitFor();
  await page.getByText('到 1，应到 1，未到 0').waitFor();
  await button('查看谁作答').click();
  await page.getByText('扎西顿珠').waitFor();
  await page.getByText('按钮作答，未留姓名').waitFor();
  await shoot('meeting-result');
  await page.keyboard.press('Escape');
  await page.getByText('已结束').waitFor();
  await page.context().close();
}, 180_000);

test('one village is called from its page by one click, and the call ended', async () => {
  const who = { roles: ['dispatcher'], region: '5402' } as const;
  const page = await console.openAs(who, `/villages/${village}`);
  await page.getByRole('button', { name: '连线' }).click();
  await page.getByText('进行中').waitFor();
  await page.getByText(/^连线 · /).waitFor();
  await page.getByRole('button', { name: '结束会议' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
  await page.getByRole('heading', { name: '参会' }).waitFor();
  await page.context().close();
}, 120_000);

test('a township that is invited finds its seat on a telephone and answers the roll call there', async () => {
  const chair = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/meetings');
  await chair.getByRole('button', { name: '召开会议' }).click();
  await chair.getByLabel('会议名称').fill('乡镇碰头会');
  await chair.getByText('同时邀请乡镇、县的会场').click();
  await chair.getByRole('button', { name: /^现在呼叫 [1-9]/ }).click();
  await chair.getByText('进行中').waitFor();
  const meetingId = await meetingOf(chair);

  const who = { roles: ['registrar'], region: township } as const;
  const seat = await console.openAs(who, `/meetings/${township}/${meetingId}`, phone);
  await seat.getByText('本级会场已受邀').waitFor();
  expect(await seat.getByRole('button', { name: '结束会议' }).count()).toBe(0);
  await chair.keyboard.press('2');
  await chair.keyboard.press('r');
  await seat.getByText('主持人正在点名').waitFor();
  await shooter(seat)('meeting-desk');
  await seat.getByRole('button', { name: '本会场已到' }).click();
  await seat.getByText('本会场已答到').waitFor();
  await chair.locator('[data-roll-call="present"]', { hasText: '1' }).waitFor();

  const stranger = await console.openAs(
    { roles: ['dispatcher'], region: '540221' },
    `/meetings/540221/${meetingId}`,
  );
  await stranger.getByText('没有这个会议').waitFor();
  for (const page of [chair, seat, stranger]) await page.context().close();
}, 180_000);

test('an officer of the prefecture ends a meeting of a county whose chair is gone, and only then', async () => {
  const chair = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/meetings');
  await chair.getByRole('button', { name: '召开会议' }).click();
  await chair.getByLabel('会议名称').fill('主持人离开的会议');
  await chair.getByRole('button', { name: /^现在呼叫 [1-9]/ }).click();
  await chair.getByText('进行中').waitFor();
  const meetingId = await meetingOf(chair);
  await chair.context().close();

  const who = { roles: ['dispatcher'], region: '5402' } as const;
  const officer = await console.openAs(who, `/meetings/5402/${meetingId}`);
  const end = officer.getByRole('button', { name: '结束会议' });
  await end.waitFor();
  expect(await end.getAttribute('aria-description')).toContain('主持人还在');
  await shooter(officer)('meeting-chair-there');
  await console.store.pool.query(
    `update meeting set opened_at = opened_at - interval '3 minutes' where meeting_id = $1`,
    [meetingId],
  );
  await officer.locator('button:not([aria-disabled="true"])', { hasText: '结束会议' }).click();
  const dialog = officer.getByRole('dialog');
  await dialog.getByText('已离开两分钟以上').waitFor();
  await shooter(officer)('meeting-chair-gone');
  for (const language of shotsDir === undefined ? [] : ['bo', 'en']) {
    const other = await console.openAs(who, `/meetings/5402/${meetingId}?lang=${language}`);
    await other.locator('.page-head button:not([aria-disabled="true"])').last().click();
    await other.getByRole('dialog').waitFor();
    await shooter(other)(`meeting-chair-gone-${language}`);
    await other.context().close();
  }
  await dialog.getByRole('button', { name: '结束会议' }).click();
  await officer.getByRole('heading', { name: '参会' }).waitFor();
  await officer.context().close();
}, 120_000);
