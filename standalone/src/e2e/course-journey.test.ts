import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scene } from '@sightline/models/testing';
import type { Store } from '@sightline/store';
import exceljs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planDemo } from '#demo/plan-demo.ts';
import { until } from './edge-fixture.ts';
import { openBrowser } from './testing/browser.ts';
import { requireCustody } from './testing/custody.ts';
import { openFilmSet, type FilmSet } from './testing/film-set.ts';
import type { TestConstellation } from './testing/fixture.ts';
import { equipVillage, vouch, type Village } from './testing/village.ts';
import { openVillagePage } from './testing/village-page.ts';

const stack = new AsyncDisposableStack();
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
let house: TestConstellation;
let store: Store;
/** The console as an officer has it open. */
let desk: Page;
let origin: string;
let dir: string;
let filmOf: FilmSet['filmOf'];
let village: Village;
let county: string;
let courseId: string;

beforeAll(async () => {
  ({ house, store, dir, filmOf } = stack.use(await openFilmSet()));
  desk = await openDesk(house.links.signIn);
  const [region = ''] = planDemo(1).map((planned) => planned.region);
  county = region.slice(0, 6);
  village = await equipVillage(store, region);
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => stack.disposeAsync());

async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
}

/** Signs in by the one-time link, in the browser that stays: a session belongs to the browser that opened it. */
async function openDesk(link: string): Promise<Page> {
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const { origin: at, hash } = new URL(link);
  origin = at;
  await page.goto(`${origin}/console/`);
  const body = JSON.stringify({
    token: new URLSearchParams(hash.slice(1)).get('sign-in'),
    login: 'officer',
    password: 'a long enough password',
  });
  const status = await page.evaluate(async (text) => {
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch('/api/session/link', { method: 'POST', headers, body: text });
    return reply.status;
  }, body);
  expect(status).toBeLessThan(300);
  return page;
}

/** The kiosk's page before a film, and the agent behind it; every start is a restart. */
const openVillage = async (scene: Scene) =>
  openVillagePage(
    { at: village, house, dir, camera: '', challenge: 'turn-left' },
    await filmOf(scene, 'mjpeg'),
  );

const touch = (page: Page, words: string) => page.getByText(words, { exact: true }).first().click();
const theMan = (): string => village.people[0]?.personId ?? '';

// One story: each test stands on what the one before left.
it('is written at the console with a film and a quiz, seen as the kiosk shows it, and assigned to a county where no terminal is enrolled yet', async () => {
  const film = join(dir, 'lesson.webm');
  const from = ['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=10', '-t', '2'];
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...from, '-c:v', 'libvpx', film]);
  const page = desk;
  await page.goto(`${origin}/console/courses/${county}`);
  await page.getByRole('button', { name: '新建课程' }).click();
  await page.getByLabel('课程名称').fill('森林草原防火');
  await page.getByRole('button', { name: '加一段录像' }).click();
  await page.getByLabel('第 1 课的标题').fill('灭火器的使用');
  await page.locator('.file-choose input').setInputFiles(film);
  await page.getByText(/lesson.webm · \d/).waitFor();
  await page.getByRole('button', { name: '加一题' }).click();
  await page.getByLabel('第 1 题', { exact: true }).fill('发现火情，先做什么？');
  await page.getByLabel('第 1 题的选项 1', { exact: true }).fill('按求助按钮报告');
  await page.getByLabel('第 1 题的选项 2', { exact: true }).fill('自己进火场');
  await page.getByLabel('第 1 题的选项 1 是对的').check();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('有改动未保存').waitFor({ state: 'detached' });
  await page.locator('.ant-modal-close').click();
  await page.getByRole('button', { name: '预览' }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  await shoot(page, 'journey-preview');
  await page.locator('.ant-modal-close').click();
  await page.getByRole('button', { name: '发布' }).click();
  await page.locator('.ant-modal-confirm-btns .ant-btn-primary').click();
  await page.getByText('第 1 版').first().waitFor();
  await page.getByRole('button', { name: '布置', exact: true }).click();
  await page.getByRole('button', { name: '布置，装上终端后生效' }).click();
  await page.getByRole('button', { name: '布置，装上终端后生效' }).waitFor({ state: 'detached' });
  courseId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { rows } = await store.pool.query<{ region: string }>(
    'select region from course_assignment where course_id = $1 and ended_at is null',
    [courseId],
  );
  expect(rows).toEqual([{ region: county }]);
}, 240_000);

it('reaches the terminal that is enrolled afterwards, and lies there before the link goes down', async () => {
  await using before = await openVillage('enrol');
  const { page, kiosk } = before;
  await kiosk.waitFor('the course', ({ courses }) => courses[0]?.courseId === courseId);
  const code = await vouch(store, village, { personId: theMan(), purpose: 'enrol-face' });
  await touch(page, '人员录入');
  await touch(page, village.people[0]?.name ?? '');
  await touch(page, '录入人脸');
  await touch(page, '我已读懂，同意录入');
  await page.keyboard.type(code);
  await page.locator('.result-good').waitFor();
  expect((await kiosk.post('/api/courses/download', {})).status).toBe(200);
  await kiosk.waitFor('the package', ({ courses }) => courses[0]?.package.state === 'ready');
}, 240_000);

it('is completed by face with no link, and counts once when the link is back', async () => {
  await using before = await openVillage('act');
  const { page, kiosk } = before;
  await kiosk.waitFor('the package', ({ courses }) => courses[0]?.package.state === 'ready');
  const broker = house.fleet.child('broker');
  await broker.stop();
  await kiosk.waitFor('link down', ({ link }) => link.state === 'down');
  await page.locator('.courses-link').click();
  await page.getByText('森林草原防火').click();
  await page.getByText('灭火器的使用').click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0);
  await touch(page, '去答题');
  await touch(page, village.people[0]?.name ?? '');
  await page.getByText('按求助按钮报告').click();
  await touch(page, '交卷');
  await shoot(page, 'journey-hand-in');
  await touch(page, '人脸交卷');
  await page.getByText('请向左转头').first().waitFor();
  await page.locator('.result-good').waitFor();
  await shoot(page, 'journey-result');
  expect(await page.locator('.result-facts').textContent()).toBe('人脸');
  expect((await kiosk.state()).outbox.waiting).toBeGreaterThan(0);
  await broker.start();
  await kiosk.waitFor(
    'all delivered',
    ({ link, outbox }) => link.state === 'up' && outbox.waiting === 0,
  );
  const { rows } = await store.pool.query<{ data: object }>(
    `select body::json -> 'data' as data from log where body::json ->> 'type' = 'course.completed'`,
  );
  expect(rows).toMatchObject([
    {
      data: {
        personId: theMan(),
        method: 'face',
        score: 1,
        of: 1,
        face: { challenge: 'turn-left' },
      },
    },
  ]);
}, 240_000);

it('is shown at the console once, and stands in the workbook with its method', async () => {
  const page = desk;
  await page.goto(`${origin}/console/courses/${county}/${courseId}`);
  await until(
    'it is counted',
    async () => {
      await page.reload();
      const figures = page.locator('[data-course]').first();
      return (await figures.getAttribute('data-course')) === '1/1/1/1';
    },
    60_000,
  );
  await shoot(page, 'journey-console');
  await page.getByRole('button', { name: '看成绩' }).click();
  await page.getByText(village.people[0]?.name ?? '').waitFor();
  expect(await page.getByText('人脸', { exact: false }).count()).toBe(1);
  await shoot(page, 'journey-results');
  await page.locator('.ant-modal-close').click();
  const downloading = page.waitForEvent('download');
  await page.locator('.course-exports button').last().click();
  const file = await (await downloading).path();
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(
    // Typed for an older Buffer.
    (await readFile(file)) as unknown as Parameters<typeof workbook.xlsx.load>[0],
  );
  const sheet = workbook.worksheets[0];
  expect(sheet?.rowCount).toBe(2);
  const cells = JSON.stringify(sheet?.getRow(2).values);
  for (const cell of [village.region, village.people[0]?.name ?? '', '人脸 face', '是 yes']) {
    expect(cells).toContain(cell);
  }
  await requireCustody(store);
}, 240_000);
