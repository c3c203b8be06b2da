import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAccount,
  createSession,
  readDesired,
  setCredentials,
  type Store,
} from '@sightline/store';
import { fakeDevices, openBrowser } from '@sightline/look/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { until } from './edge-fixture.ts';
import { openReader } from './testing/custody.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { print } from './testing/trials.ts';
import { openMeetingPages, type MeetingPages } from './testing/meeting-pages.ts';

vi.setConfig({ testTimeout: 300_000 });
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
const credentials = { login: 'dispatcher', password: 'a long enough password' };
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let browser: Browser;
let pages: MeetingPages;

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages: 2 }));
  store = stack.use(await openReader(house.databaseUrl));
  pages = stack.use(await openMeetingPages());
  browser = await openBrowser(fakeDevices);
  stack.defer(() => browser.close());
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 480_000);
afterAll(() => stack.disposeAsync());

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir !== undefined)
    await page.screenshot({ path: join(shotsDir, `${name}.png`), fullPage: true });
}

/** The first account, as its holder signs in. */
async function openDesk(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(house.links.signIn);
  await page.getByLabel('登录名').fill(credentials.login);
  await page.getByLabel('密码', { exact: true }).fill(credentials.password);
  await page.getByLabel('再输入一次密码').fill(credentials.password);
  await page.keyboard.press('Enter');
  await page.locator('nav').first().waitFor();
  return page;
}

/** As the console's own dialog asks for it; resolves with the meeting's id. */
async function callMeeting(page: Page, region: string): Promise<string> {
  const meetingId = randomUUID();
  const status = await page.evaluate(
    async ([key, body]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      return (await fetch('/api/meetings', { method: 'POST', headers, body })).status;
    },
    [
      randomUUID(),
      JSON.stringify({
        meetingId,
        kind: 'meeting',
        title: '汛期值守部署会',
        region,
        invite: [region],
        withUpperVenues: false,
        startsAt: null,
        ringSeconds: 120,
        isRemoteOpening: false,
      }),
    ] as const,
  );
  expect(status).toBe(201);
  return meetingId;
}

/** Files that a recorder closed or was stopped at; a header without a packet is none. */
function filmsIn(dir: string): number {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.webm') && statSync(join(dir, name)).size >= 600,
  ).length;
}

/** The village's own page, with the key that its terminal was told. */
async function enterVillage(meetingId: string) {
  const told = async () => {
    const { rows } = await store.pool.query<{ terminalId: string }>(
      'select terminal_id as "terminalId" from terminal order by region limit 1',
    );
    const desired = await readDesired(store.pool, rows[0]?.terminalId ?? '');
    return desired?.meetings?.find((one) => one.meetingId === meetingId) ?? null;
  };
  await until('the village is told', async () => (await told()) !== null, 60_000);
  const key = await told();
  if (key === null) throw new Error('The village was told nothing.');
  const seat = await pages.open(key.mediaUrl, key.seatToken);
  await seat.until(({ phase }) => phase === 'in');
  return seat;
}

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [at, context] of browser.contexts().entries()) {
    for (const page of context.pages()) await shoot(page, `failed-${at}`);
  }
});

it('a recorded meeting of two pages is played and sought at the console, audited, and by nobody outside', async () => {
  const page = await openDesk();
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const { rows: terminals } = await store.pool.query<{ region: string }>(
    'select region from terminal order by region limit 1',
  );
  const county = terminals[0]?.region.slice(0, 6) ?? '';
  const meetingId = await callMeeting(page, county);
  await page.goto(`${new URL(house.links.signIn).origin}/console/meetings/${county}/${meetingId}`);
  await button('检查设备并进入').click();
  // Off, with its reason, until the devices are open.
  await page.locator('.own-picture video').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '进入会议', exact: true }).click();
  await page.getByText('已在会场').first().waitFor();
  const village = await enterVillage(meetingId);
  expect(await village.sendAll()).toEqual([null, null]);
  const rowOf = page.locator('tbody tr.row').first();
  await rowOf.getByRole('button', { name: '上墙' }).click();
  await rowOf.getByRole('button', { name: '发言' }).click();

  await button('开始录像').click();
  await page.getByText('正在录像').first().waitFor();
  await village.until(({ room }) => room?.control.isRecorded === true);
  await shoot(page, 'recording-runs');
  const segments = async () => {
    const { rows } = await store.pool.query<{ seatId: string; hasVideo: boolean; count: number }>(
      `select seat_id as "seatId", bool_and(has_video) as "hasVideo", count(*)::integer as count
       from recorded_segment join recording using (recording_id)
       where meeting_id = $1 group by seat_id order by seat_id`,
      [meetingId],
    );
    return rows;
  };
  const isLong = async () => (await segments()).filter(({ count }) => count >= 4).length === 2;
  await until('both are recorded', isLong, 120_000).catch(async (cause: unknown) => {
    throw new Error(JSON.stringify(await segments()), { cause });
  });
  await button('停止录像').click();
  await page.getByText('已停止录像').waitFor();
  const recordedIn = join(house.dataDir, 'media', 'recordings', meetingId);
  const areAllKnown = async () =>
    (await segments()).reduce((sum, { count }) => sum + count, 0) === filmsIn(recordedIn);
  await until('every file on the disk is known', areAllKnown, 60_000);
  await button('结束会议').click();
  await page.getByRole('dialog').getByRole('button', { name: '结束会议' }).click();

  await button('打开录像').click();
  await page.locator('.player').waitFor();
  const videos = page.getByLabel('会场录像');
  const picture = () =>
    videos.evaluateAll((all) => {
      const shown = all.find(
        (one): one is HTMLVideoElement => one instanceof HTMLVideoElement && !one.hidden,
      );
      if (shown === undefined) return null;
      const { currentTime, readyState, error } = shown;
      const frames = shown.getVideoPlaybackQuality().totalVideoFrames;
      return {
        no: shown.src.split('?')[0]?.split('/').at(-1),
        currentTime,
        readyState,
        frames,
        error: error?.message,
      };
    });
  const at = async () =>
    Number(await page.locator('[data-player-ms]').getAttribute('data-player-ms'));
  const plays = async (what: string, fromMs: number) => {
    const isPlaying = async () => {
      const shown = await picture();
      return (await at()) > fromMs && shown !== null && shown.frames > 5 && shown.currentTime > 0;
    };
    await until(what, isPlaying, 60_000).catch(async (cause: unknown) => {
      throw new Error(`${await at()} ${JSON.stringify(await picture())}`, { cause });
    });
    print(`${what}: ${await at()} ms, ${JSON.stringify(await picture())}`);
  };
  await button('播放').click();
  await plays('it plays over the first seam', 6_000);
  await shoot(page, 'recording-plays');
  const seekMs = 13_000;
  await page.getByLabel('播放位置').fill(String(seekMs));
  expect(Math.abs((await at()) - seekMs)).toBeLessThan(2_000);
  await plays('it plays from where it was sought', seekMs + 1_000);
  await page.getByLabel('播放位置').fill('1000');
  expect(await at()).toBeLessThan(3_000);
  await plays('and back', 2_500);
  await button('暂停').click();
  const { rows: readings } = await store.pool.query<{ purpose: string }>(
    `select purpose from reading where what = 'meeting.recording' and at > now() - interval '1 hour'`,
  );
  expect(readings.map(({ purpose }) => purpose)).toEqual(['duty-watch']);
  const outside = county === '540221' ? '540222' : '540221';
  await isUnknown(page, meetingId, outside);

  // Held, it cannot be erased; released, it is: on the page, in the database and on the disk.
  expect(existsSync(recordedIn)).toBe(true);
  const decide = async (name: string, reason: string) => {
    const dialog = page.getByRole('dialog');
    await page.locator('[role=dialog]:not([class*=ant-zoom])').waitFor(); // Opened: then it takes touches.
    await dialog.getByLabel('理由').fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await button('保全').click();
  await decide('保全', '信访核查');
  const recordings = page.locator('[data-kept="recordings"]');
  const eraseButton = recordings.getByRole('button', { name: '提前删除' });
  await page.getByText('保全中：到期也不删除').waitFor();
  expect(await eraseButton.getAttribute('aria-description')).toBe('先解除保全');
  await shoot(page, 'keeping-held');
  await button('解除保全').click();
  await decide('解除保全', '核查结束');
  await page.getByText('保全中：到期也不删除').waitFor({ state: 'hidden' });
  await eraseButton.click();
  await decide('删除', '录到了无关群众');
  await page.locator('[data-kept="recordings"][data-erased="hand"]').waitFor();
  await until('the files are gone', async () => !existsSync(recordedIn), 60_000);
  const isDone = async () => {
    const { rowCount } = await store.pool.query(
      `select from meeting_erasure
       where meeting_id = $1 and kind = 'recordings' and done_at is not null and pieces > 8`,
      [meetingId],
    );
    return rowCount === 1;
  };
  await until('the media server said so', isDone, 60_000);
  for (const [language, name] of [
    ['zh', '中文'],
    ['bo', 'བོད་ཡིག'],
    ['en', 'English'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.reload();
    await page.locator('[data-kept="recordings"][data-erased="hand"]').waitFor();
    await shoot(page, `keeping-erased-${language}`);
  }
  await button('Open the recording').click();
  await page.getByText('The recording was erased: see below.').waitFor();
});

/** Somebody of another county is told the same of this meeting and of one that never was. */
async function isUnknown(page: Page, meetingId: string, region: string): Promise<void> {
  const [cookie] = await page.context().cookies();
  const now = Temporal.Now.instant();
  const accountId = await createAccount(store.pool, {
    roles: ['dispatcher'],
    region,
    now,
  });
  await setCredentials(store.pool, { accountId, login: 'outside', passwordHash: 'none' });
  const { token } = await createSession(store.pool, {
    accountId,
    address: '127.0.0.1',
    agent: '',
    now,
    lifetime: Temporal.Duration.from({ hours: 1 }),
  });
  const { origin } = new URL(page.url());
  const ask = async (id: string) => {
    const url = `${origin}/api/meetings/${id}/recording?purpose=duty-watch`;
    const reply = await fetch(url, {
      headers: { cookie: `${cookie?.name ?? ''}=${token}`, 'user-agent': '' },
    });
    return [reply.status, (await reply.text()).replaceAll(id, 'ID')];
  };
  const known = await ask(meetingId);
  expect(known).toEqual(await ask(randomUUID()));
  expect(known[0]).toBe(404);
}
