import { venueSeat, type Desired, type MeetingVenue } from '@sightline/contracts';
import { fakeDevices, openBrowser } from '@sightline/look/testing';
import { openStore, readDesired, type Store } from '@sightline/store';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from './edge-fixture.ts';
import { openDeskPage } from './testing/desk-page.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import {
  drawNoise,
  drawPages,
  framesIn,
  heardIn,
  middleOf,
  voiceMeters,
} from './testing/meeting-eyes.ts';
import { openMeetingPages, type SeatPage } from './testing/meeting-pages.ts';

const patienceMs = 90_000;
vi.setConfig({ testTimeout: 240_000 });
/** The first has the real terminal, the last lies in the same township. */
const villages = planDemo(6);
const village = villages[0]?.region ?? '';
const other = villages[5]?.region ?? '';
const county = village.slice(0, 6);
const township = village.slice(0, 9);

const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let browser: Browser;
let kiosk: Page;
let chair: Page;
let meetingId: string;
/** A village's page that chose Chinese. */
let chinese: SeatPage;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: villages.length }));
  store = stack.use(
    await openStore({ databaseUrl: house.databaseUrl, applicationName: 'e2e', poolSize: 2 }),
  );
  browser = await openBrowser(fakeDevices);
  stack.defer(() => browser.close());
  kiosk = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  kiosk.setDefaultTimeout(patienceMs);
  await kiosk.addInitScript(voiceMeters);
  await kiosk.goto(house.links.kiosk);
  await kiosk.waitForSelector('.home');
  chair = await openDesk(county, 'county-chair');
}, 480_000);
afterAll(() => stack.disposeAsync(), 120_000);

function openDesk(region: string, login: string): Promise<Page> {
  const origin = new URL(house.links.console).origin;
  return openDeskPage(browser, { store, origin }, { login, region, roles: ['dispatcher'] });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Looks at one's own picture first, then goes in. */
async function enter(page: Page): Promise<void> {
  await button(page, '检查设备并进入').click();
  await page.locator('.own-picture video').waitFor();
  await button(page, '进入会议').click();
  await page.getByText('已在会场').waitFor();
}

async function decoded(page: Page, selector: string): Promise<void> {
  const before = await framesIn(page, selector);
  const more = async () => (await framesIn(page, selector)) > before + 10;
  await until(`frames of ${selector} are decoded`, more, patienceMs);
}

async function hears(page: Page, voice: RegExp): Promise<string> {
  let heard = '';
  await until(
    `${voice} is heard`,
    async () => {
      const { loud, playing } = await heardIn(page);
      heard = playing.find((of) => voice.test(of) && (loud[of] ?? 0) > 0.01) ?? '';
      return heard !== '';
    },
    patienceMs,
  );
  return heard;
}

/** As fast as the page takes it. */
function pressQuickly(key: Locator, times: number): Promise<void> {
  return key.evaluate(async (element, count) => {
    for (let n = 0; n < count; n += 1) {
      (element as HTMLButtonElement).click(); // A button, by its role.
      do await new Promise(requestAnimationFrame);
      while (element.matches(':disabled'));
    }
  }, times);
}

it('rings when the county calls, is answered by a touch, looks at itself and enters', async () => {
  await chair.goto(`${new URL(house.links.console).origin}/console/meetings`);
  await button(chair, '召开会议').click();
  await chair.getByLabel('会议名称').fill('今冬防雪灾值守部署会');
  await chair.getByText('同时邀请乡镇、县的会场').click();
  await button(chair, /^现在呼叫 3 个会场/).click();
  await chair.waitForURL(/\/meetings\/\d+\/[0-9a-f-]{36}$/);
  meetingId = new URL(chair.url()).pathname.split('/').at(-1) ?? '';
  await kiosk.getByText('今冬防雪灾值守部署会').first().waitFor();
  await kiosk.locator('.ring-tiles .tile').first().click();
  await decoded(kiosk, '.device-picture video');
  await kiosk.getByText('听见您了').waitFor();
  await kiosk.locator('.device-check > .tile').click();
  await kiosk.waitForSelector('.room-stage');
});

it('decodes the chair’s picture and sounds its voice, and the chair has the village’s', async () => {
  await enter(chair);
  await decoded(kiosk, '.pictures video');
  expect(await hears(kiosk, / microphone$/)).toMatch(/^desk-/);
  await chair.locator('tbody tr.row', { hasText: '在场' }).first().locator('td').first().click();
  await decoded(chair, '.venue-card video');
  await chair.keyboard.press('Escape');
});

it('says in words why a file is no page of slides, and puts none up', async () => {
  await chair.getByText('课件', { exact: true }).click();
  const choose = chair.locator('.file-input');
  const refusal = chair.locator('.panel .problem');
  const text = { name: '花名册.png', mimeType: 'image/png', buffer: Buffer.from('<html>') };
  await choose.setInputFiles(text);
  await refusal.getByText('花名册.png：这张图片读不出来').waitFor();
  await choose.setInputFiles(await drawNoise(chair, '长图.png'));
  await refusal.getByText('长图.png：图片内容太细，缩小后仍太大').waitFor();
  expect(await kiosk.locator('.is-front').count()).toBe(0);
});

it('shows the chair’s slides and turns when the chair turns', async () => {
  await chair.locator('.file-input').setInputFiles(await drawPages(chair, ['#c00000', '#00c000']));
  await kiosk.getByText('课件第 1 页，共 2 页').waitFor();
  const shows = (colour: string) => async () => (await middleOf(kiosk, '.is-front img')) === colour;
  await until('page 1 is shown', shows('192,0,0'), patienceMs);
  await button(chair, /下一页/).click();
  await kiosk.getByText('课件第 2 页，共 2 页').waitFor();
  await until('page 2 is shown', shows('0,192,0'), patienceMs);
  await decoded(kiosk, '.pictures figure:not(.is-front) video');
  await button(chair, '收起课件').click();
  await kiosk.locator('.is-front').waitFor({ state: 'detached' });
});

it('shows the chair’s screen in the large place while it is shared', async () => {
  await button(chair, '由我共享屏幕').click();
  await button(chair, /^共享屏幕/).click();
  await decoded(kiosk, '.is-front video');
  await button(chair, '停止共享').click();
  await kiosk.locator('.is-front').waitFor({ state: 'detached' });
});

it('hears the interpreter on the channel it chose; a village that chose Chinese does not', async () => {
  const interpreter = await openDesk(township, 'township-interpreter');
  const origin = new URL(house.links.console).origin;
  await interpreter.goto(`${origin}/console/meetings/${township}/${meetingId}`);
  await enter(interpreter);
  chinese = await enterOther();
  await chinese.listen('zh');
  await chair.getByText(/^会场 \d/).click();
  const name = villages[0]?.placeNames[1] ?? '';
  await chair.locator('tbody tr.row', { hasText: name }).first().locator('strong').click();
  await chair.locator('.venue-card').getByText('藏语').click();
  await button(interpreter, '开始传译').click();
  await kiosk.locator('.meeting-key').nth(3).click();
  expect(await hears(kiosk, / interpreter$/)).toBe(`${venueSeat(township)} interpreter`);
  const { playing } = await heardIn(kiosk);
  expect(playing).toEqual([`${venueSeat(township)} interpreter`]);
  const isChair = (of: string) => /^desk-.* microphone$/.test(of);
  const { heard: before } = await chinese.state();
  const of = Object.keys(before).find(isChair) ?? '';
  const now = await chinese.until(({ heard }) => (heard[of] ?? 0) > (before[of] ?? 0) + 5);
  expect(Object.keys(now.heard).filter((each) => each.endsWith('interpreter'))).toEqual([]);
});

it('writes a line that the chair reads; one too many is refused and says why', async () => {
  await chair.getByText(/^文字 \d/).click();
  await button(kiosk, /发文字/).click();
  await button(kiosk, /本村平安/).click();
  await chair.locator('.room-lines').getByText('本村平安').waitFor();
  await kiosk.getByLabel('自己写一句').fill('牲畜都已入圈');
  await button(kiosk, /发送/).click();
  await chair.locator('.room-lines').getByText('牲畜都已入圈').waitFor();
  await kiosk.locator('.write-line .room-lines').getByText('牲畜都已入圈').waitFor();
  await pressQuickly(button(kiosk, /请稍等/), 20);
  await kiosk.getByText('没有发出：太快了，请稍等再试').waitFor();
  await button(kiosk, /返回/).click();
});

it('is there with its camera off and no voice, for it listens, and the chair reads why there is no picture', async () => {
  await chair.getByText(/^会场 \d/).click();
  const name = villages[0]?.placeNames.at(-1) ?? '';
  await chair.locator('tbody tr.row', { hasText: name }).first().locator('strong').click();
  const card = chair.getByRole('article', { name });
  const camera = kiosk.locator('.meeting-key').nth(1);
  await camera.click();
  await card.getByText('对方关了画面').waitFor();
  const { presentMs, rejoins } = await venueNow();
  const isCounted = async () => (await venueNow()).presentMs >= presentMs + 12_000;
  await until('twelve seconds more of it are counted', isCounted, patienceMs);
  expect(await venueNow()).toMatchObject({ isInRoom: true, rejoins });
  await camera.click();
  await decoded(chair, '.venue-card video');
});

async function venueNow(): Promise<MeetingVenue> {
  const venues = await chair.evaluate(async (id) => {
    const answer = await fetch(`/api/meetings/${id}/venues`);
    return (await answer.json()) as MeetingVenue[]; // Our own server.
  }, meetingId);
  const own = venues.find(({ seatId }) => seatId === venueSeat(village));
  if (own === undefined) throw new Error('The village is no venue of it.');
  return own;
}

it('is home when the chair ends the meeting for all', async () => {
  await button(chair, '结束会议').click();
  await chair.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();
  await kiosk.getByText('会议结束了').waitFor();
  await kiosk.waitForSelector('.home');
  await chinese.until(({ over }) => over?.why === 'ended');
});

/** The other village without its kiosk: with the key that its own terminal was told. */
async function enterOther(): Promise<SeatPage> {
  const pages = stack.use(await openMeetingPages());
  const { rows } = await store.pool.query<{ terminalId: string }>(
    'select terminal_id as "terminalId" from terminal where region = $1',
    [other],
  );
  // As it is published.
  const desired = (await readDesired(store.pool, rows[0]?.terminalId ?? '')) as Desired | null;
  const told = desired?.meetings?.find((one) => one.meetingId === meetingId);
  if (told === undefined) throw new Error(`${other} was not told of the meeting.`);
  const page = await pages.open(told.mediaUrl, told.seatToken);
  await page.until(({ phase }) => phase === 'in');
  return page;
}
