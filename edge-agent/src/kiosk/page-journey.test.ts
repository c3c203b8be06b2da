import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Challenge } from '@sightline/contracts';
import { ensureFootage, ensureWeights, type Scene } from '@sightline/models/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEyes, type Eyes } from '#face/eyes.ts';
import { buildPages } from '#kiosk/testing/build-pages.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { openBrowser } from '#kiosk/testing/open-browser.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

// A session may last 25 s, on a machine that others keep busy.
vi.setConfig({ testTimeout: 120_000 });

const [ann, bo] = tablePeople;
const grants = [
  tableGrant('enrol-face', ann.personId),
  tableGrant('set-pin', bo.personId, { code: '22223333' }),
];
const terminal = new TableTerminal(tableTime, tableDesired({ grants }));
let eyes: Eyes;
let dir: string;
let pages: string;

beforeAll(async () => {
  await ensureFootage();
  eyes = await openEyes({ weightsDir: await ensureWeights(), log: { warn: () => undefined } });
  dir = await mkdtemp(join(tmpdir(), 'sightline-page-'));
  pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  await buildPages(pages);
}, 120_000);
afterAll(async () => {
  await eyes[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
  await rm(pages, { recursive: true });
});

interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly table: TableKiosk;
  /** Requests to anywhere else, and errors of the page. */
  readonly complaints: string[];
}

/** A kiosk and a browser before it, whose camera shows a scene. */
async function visit(scene: Scene | null, challenge: Challenge = 'blink'): Promise<Visit> {
  const table = await openTableKiosk({ dir, terminal, eyes, pages, challenge });
  const opened = await openBrowser(scene);
  const page = await opened.browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(table.client.origin)) complaints.push(request.url());
  });
  page.on('console', (message) => {
    // The browser itself notes each refused request; a refusal is an answer here.
    if (message.type() === 'error' && !message.text().includes('409'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(table.kiosk.url);
  await page.waitForSelector('.home');
  return {
    page,
    table,
    complaints,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await table[Symbol.asyncDispose]();
    },
  };
}

const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();

// One story on one terminal: each test stands on what the one before left on disk.
describe('the kiosk page in a browser', () => {
  test('a man reads, agrees, is vouched for, and is enrolled at the page’s camera', async () => {
    await using visited = await visit('enrol');
    const { page } = visited;
    expect(page.url()).not.toContain('token');
    await page.getByText('人员录入').first().click();
    await page.getByText(ann.name).click();
    await page.getByText('录入人脸').first().click();
    expect(await textOf(page, '.consent')).toContain('不出本机');
    await page.getByText('我已读懂').click();
    await page.keyboard.type('12345678');
    await page.waitForSelector('.result-good');
    expect(await textOf(page, '.result')).toMatch(/人脸已录入[\s\S]*扎西次仁/);
    expect(terminal.facts.map(({ type }) => type)).toEqual(['face.enrolled']);
    expect(visited.complaints).toEqual([]);
  });

  test('he is asked for what he does not do, fails, and is shown the PIN', async () => {
    const before = terminal.facts.length;
    await using visited = await visit('act', 'turn-right');
    const { page } = visited;
    await page.getByText('值班签到').first().click();
    await page.getByText('请向右转头').first().waitFor();
    await page.waitForSelector('.result-no');
    expect(terminal.facts).toHaveLength(before);
    expect(visited.complaints).toEqual([]);
  });

  test('he looks, turns his head and is on duty, and hears that the fact waits while the link is down', async () => {
    terminal.goDark();
    await using visited = await visit('act', 'turn-left');
    const { page } = visited;
    await page.getByText('值班签到').first().click();
    await page.getByText('请向左转头').first().waitFor();
    await page.waitForSelector('.result-good');
    expect(await textOf(page, '.result')).toMatch(
      /签到成功[\s\S]*扎西次仁[\s\S]*人脸[\s\S]*等待网络/,
    );
    expect(terminal.facts.at(-1)).toMatchObject({
      type: 'duty.checked-in',
      data: { method: 'face' },
    });
    await page.getByText('返回').first().click();
    await page.waitForSelector('.duty li');
    expect(await textOf(page, '.duty')).toContain('扎西次仁');
    expect(visited.complaints).toEqual([]);
    terminal.comeBack();
  });

  test('another man is told to use the PIN, which stands beside', async () => {
    const before = terminal.facts.length;
    await using visited = await visit('stranger');
    const { page } = visited;
    await page.getByText('值班签到').first().click();
    await page.waitForSelector('.result-no');
    expect(await textOf(page, '.result')).toMatch(/没有认出来[\s\S]*请用密码签到/);
    expect(terminal.facts).toHaveLength(before);
    await page.locator('.result-ways .tile').nth(1).click();
    await page.waitForSelector('.person');
    expect(visited.complaints).toEqual([]);
  });

  test('without a camera the page says so, and the whole way by PIN is open', async () => {
    await using visited = await visit(null);
    const { page } = visited;
    await page.getByText('值班签到').first().click();
    await page.waitForSelector('.session-none');
    expect(await textOf(page, '.session-none')).toContain('请用密码签到');
    await page.getByText('返回').first().click();
    await page.getByText('人员录入').first().click();
    await page.getByText(bo.name).click();
    await page.getByText('设置密码').first().click();
    await page.keyboard.type('22223333');
    await page.getByText('请设置 6 位新密码').waitFor();
    await page.keyboard.type('135790');
    await page.getByText('请再输入一次').waitFor();
    await page.keyboard.type('135790');
    await page.waitForSelector('.result-good');
    await page.getByText('返回').first().click();
    await page.getByText('密码签到').first().click();
    await page.getByText(bo.name).click();
    await page.keyboard.type('135791');
    await page.getByText('密码不对').waitFor();
    await page.keyboard.type('135790');
    await page.waitForSelector('.result-good');
    expect(await textOf(page, '.result')).toMatch(/签到成功[\s\S]*央金/);
    expect(visited.complaints).toEqual([]);
  });

  test('everything can be read and reached: contrast, names, sizes', async () => {
    await using visited = await visit(null);
    const { page } = visited;
    for (const way of ['home', 'people', 'person', 'consent']) {
      if (way === 'people') await page.getByText('人员录入').first().click();
      if (way === 'person') await page.getByText(ann.name).click();
      if (way === 'consent') await page.getByText('重新录入人脸').first().click();
      expect([way, ...(await axeFaults(page)), ...(await fitFaults(page))]).toEqual([way]);
    }
  });

  test('a page that loses the agent says so, and goes on when it is back', async () => {
    const opened = await openBrowser(null);
    const table = await openTableKiosk({ dir, terminal, eyes, pages });
    const page = await opened.browser.newPage();
    await page.goto(table.kiosk.url);
    await page.waitForSelector('.home');
    await table[Symbol.asyncDispose]();
    await page.getByText('终端程序没有回应').waitFor();
    const { port } = table.kiosk;
    await using again = await openTableKiosk({ dir, terminal, eyes, pages, port });
    await page.waitForSelector('.home');
    expect(again.kiosk.port).toBe(port);
    await opened[Symbol.asyncDispose]();
  });

  test('a page without the link’s token shows nothing', async () => {
    await using opened = await openBrowser(null);
    await using table = await openTableKiosk({ dir, terminal, eyes, pages });
    const page = await opened.browser.newPage();
    await page.goto(table.client.origin);
    await page.getByText('请用终端打印的链接打开').waitFor();
    expect(await page.content()).not.toContain(ann.name);
  });

  test('weighs at most 250 KB before the first page is there; what a meeting needs comes when it is entered', () => {
    const weigh = (names: Iterable<string>) =>
      [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(pages, name))).length, 0);
    const first = firstLoadOf(pages);
    expect(weigh(first)).toBeLessThan(250 * 1024);
    const lazily = readdirSync(join(pages, 'assets'))
      .map((name) => `assets/${name}`)
      .filter((name) => name.endsWith('.js') && !first.has(name));
    expect(
      lazily.some((name) => readFileSync(join(pages, name), 'utf8').includes('mediasoup')),
    ).toBe(true);
    expect(weigh(lazily)).toBeLessThan(150 * 1024);
  });
});

/** The files that index.html names, and all that they import at once. */
function firstLoadOf(pages: string): ReadonlySet<string> {
  const index = readFileSync(join(pages, 'index.html'), 'utf8');
  const found = new Set<string>();
  const queue = [...index.matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([name]) => name);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = readFileSync(join(pages, name), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)];
    queue.push(...imports.map(([, file]) => `assets/${file}`));
  }
  return found;
}
