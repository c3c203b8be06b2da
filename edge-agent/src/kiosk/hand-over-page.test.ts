import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packRoster, shiftsOf } from '@sightline/contracts';
import { openBrowser } from '@sightline/look/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildPages } from '#kiosk/testing/build-pages.ts';
import { axeFaults, fitFaults } from '#kiosk/testing/page-faults.ts';
import { openTableKiosk, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

vi.setConfig({ testTimeout: 240_000 });

const [ann, bo, cy] = tablePeople;
const pin = '135790';
const evening = '2026-11-23T11:30:00.000Z';
const night = '2026-11-23T12:20:00.000Z';
const sizes = [
  [1080, 1920],
  [1920, 1080],
  [1366, 768],
] as const;
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
/** A microphone that beeps, and nobody asked whether it may be used. */
const beeping = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let pages: string;
let browser: Browser;
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  await buildPages(pages);
  browser = await openBrowser(beeping);
  if (shotsDir !== undefined) await mkdir(shotsDir, { recursive: true });
}, 240_000);
afterAll(async () => {
  await browser.close();
  await rm(pages, { recursive: true });
});

const key = {
  keyId: randomUUID(),
  publicKey: generateKeyPairSync('x25519')
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64url'),
};
const window = { from: '2026-11-22', days: 5, posts: ['lead', 'watch', 'standby'] } as const;
const roster = packRoster(
  window.posts.flatMap((post) =>
    shiftsOf(window).map((shift) => ({
      post,
      shift,
      personId: { lead: cy, watch: shift.endsWith('day') ? ann : bo, standby: tablePeople[3] }[post]
        .personId,
      fallbackId: tablePeople[4].personId,
    })),
  ),
  window,
);

/** All that home may have to show stands on it: a check that is over, and a notice. */
const by = { login: 'county', roles: ['dispatcher'], region: '540235' };
const checks = [
  {
    checkId: randomUUID(),
    reason: 'routine' as const,
    note: '',
    by,
    orderedAt: '2026-11-23T10:00:00.000Z',
    until: '2026-11-23T10:02:00.000Z',
  },
];
const notices = [
  {
    noticeId: randomUUID(),
    level: 'plain' as const,
    title: '大雪',
    text: '今夜有雪，请注意道路。',
    by,
    postedAt: '2026-11-23T10:00:00.000Z',
  },
];

/** A terminal without faces, whose people all have a PIN. */
async function openTable(at: string): Promise<TableKiosk> {
  const grants = tablePeople.map(({ personId }, i) =>
    tableGrant('set-pin', personId, { code: `1000000${i}` }),
  );
  const settings = { faceEnabled: false, demo: true };
  const complaints = { answerDays: 7, key, standings: [] };
  const told = { ...tableDesired({ grants, settings, complaints, roster }), checks, notices };
  const terminal = new TableTerminal(at, told);
  const table = await openTableKiosk({ pages, terminal });
  for (const [i, { personId }] of tablePeople.entries()) {
    await table.client.post('/api/pin', { personId, code: `1000000${i}`, pin });
  }
  return table;
}

async function visit(table: TableKiosk, language = 'zh') {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(20_000);
  await page.addInitScript(`localStorage.setItem('sightline.language', '${language}')`);
  await page.goto(table.kiosk.url);
  await page.waitForSelector('.home');
  return page;
}

async function provePin(page: Page, name: string): Promise<void> {
  await page.locator('.person', { hasText: name }).click();
  await page.waitForSelector('.pad');
  await page.keyboard.type(pin);
}

test('one shift leaves words and a voice at check-out, the next must accept them after its check-in, and finishes them; without faces or a link', async () => {
  await using table = await openTable(evening);
  const { terminal } = table;
  terminal.goDark();
  const page = await visit(table);
  await page.locator('.home-tiles .tile-main').click();
  await provePin(page, ann.name);
  await page.waitForSelector('.result-good');
  await page.locator('.result-ways .tile').click();
  await page.locator('.duty-ways .way').click();
  await provePin(page, ann.name);
  await page.getByText('签退成功').waitFor();
  await page.locator('.result-ways .tile-main').click();
  await page.getByText('水位上涨').click();
  await page.locator('.complaint-ways .way').nth(0).click();
  await page.keyboard.type('桥头水位高');
  await page.locator('.complaint-foot .way').click();
  await page.locator('.complaint-ways .way').nth(1).click();
  await page.getByText('开始录音').click();
  await page.waitForFunction(
    () => Number(document.querySelector('.recorder meter')?.getAttribute('value') ?? 0) > 0.01,
  );
  await page.getByText('停止').click();
  await page.getByText('用这段').click();
  await page.locator('.complaint-ways .way-main').click();
  await page.waitForSelector('.home');
  const left = terminal.facts.at(-1);
  expect(left).toMatchObject({
    type: 'hand-over.left',
    actor: `person:${ann.personId}`,
    data: { shift: '2026-11-23/day', sentences: ['water-rising'], voice: { seconds: 1 } },
  });
  expect(JSON.stringify(left)).not.toContain('水位高');

  terminal.setTime(night);
  await page.getByText('交接 1 项待接收').waitFor();
  await page.getByText('有人该到岗还没有签到').waitFor();
  await page.locator('.home-tiles .tile-main').click();
  await provePin(page, bo.name);
  await page.getByText('接班：有交接事项').click();
  await page.getByText('桥头水位高').waitFor();
  await page.locator('.hand-over-acts .way').click();
  await page.locator('.hand-over-acts .way:enabled').waitFor(); // It was played to its end.
  await page.getByText('看过了，接收 1 项').click();
  await page.getByText('交接 1 项未办结').waitFor();
  await page.locator('.duty-ways .way').nth(1).click();
  await provePin(page, bo.name);
  await page.getByText('办结').last().click();
  await page.getByText('没有未办结的交接事项').waitFor();
  const ours = terminal.facts.map(({ type }) => type).filter((type) => /duty|hand/.test(type));
  expect(ours).toEqual([
    'duty.checked-in',
    'duty.checked-out',
    'hand-over.left',
    'duty.checked-in',
    'hand-over.accepted',
    'hand-over.done',
  ]);
  await page.close();
});

test.each(['zh', 'bo', 'en'] as const)(
  'every page of it reads and reaches in %s: contrast, names, sizes, nothing cut off',
  async (language) => {
    await using table = await openTable(evening);
    const page = await visit(table, language);
    const wrong: string[] = [];
    const look = async (name: string): Promise<void> => {
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        wrong.push(...(await inspect(page, `${name}-${width}x${height}-${language}`)));
      }
      // Names, roles and colours are the same in every language and size.
      if (language === 'zh')
        wrong.push(...(await axeFaults(page)).map((line) => `${name} ${line}`));
    };
    await lookAtLeaving(page, table, look);
    table.terminal.setTime(night);
    await lookAtAccepting(page, table, look);
    await page.close();
    expect(wrong).toEqual([]);
  },
);

type Look = (name: string) => Promise<void>;

async function lookAtLeaving(page: Page, { client }: TableKiosk, look: Look): Promise<void> {
  await client.post('/api/check-in/pin', { personId: ann.personId, pin });
  await client.post('/api/check-in/pin', { personId: tablePeople[5].personId, pin });
  await page.waitForSelector('.duty-others');
  await look('duty');
  await page.locator('.duty-ways .way').click();
  await look('check-out-who');
  await provePin(page, ann.name);
  await page.waitForSelector('.result');
  await look('checked-out');
  await page.locator('.result-ways .tile-main').click();
  await page.locator('.choice').nth(1).click();
  await page.locator('.choice').nth(6).click();
  await look('leave');
  await page.locator('.complaint-ways .way').nth(0).click();
  await page.keyboard.type('桥头水位高，半夜再看一次；'.repeat(4));
  await look('leave-write');
  await page.locator('.complaint-foot .way').click();
  await page.locator('.complaint-ways .way').nth(1).click();
  await look('record');
  await page.locator('.recorder .way').click();
  await page.waitForSelector('.recorder-on');
  await look('recording');
  await page.locator('.recorder .way').click();
  await page.waitForSelector('.recorder-ways .way-main');
  await look('recorded');
  await page.locator('.recorder-ways .way-main').click();
  await page.locator('.complaint-ways .way-main').click();
  await page.waitForSelector('.home');
}

async function lookAtAccepting(page: Page, { client }: TableKiosk, look: Look): Promise<void> {
  await page.waitForSelector('.way-waiting');
  await look('waiting');
  await page.locator('.home-tiles .tile-main').click();
  await provePin(page, bo.name);
  await page.waitForSelector('.result-ways .tile-main');
  await look('accept-now');
  await page.locator('.result-ways .tile-main').click();
  await page.waitForSelector('.hand-over-list li');
  await look('accept');
  await page.locator('.hand-over-foot .way-main').click();
  await page.waitForSelector('.home');
  await client.post('/api/check-in/pin', { personId: cy.personId, pin });
  await page.waitForFunction(() => document.querySelectorAll('.duty-came').length === 2);
  await look('duty-came');
  await page.locator('.duty-ways .way').nth(1).click();
  await provePin(page, bo.name);
  await page.waitForSelector('.hand-over-list li');
  await look('list');
}

test('a terminal without a microphone says so, and takes the rest', async () => {
  await using table = await openTable(evening);
  const page = await visit(table);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('none'));
  });
  await table.client.post('/api/check-in/pin', { personId: ann.personId, pin });
  await page.locator('.duty-ways .way').click();
  await provePin(page, ann.name);
  await page.locator('.result-ways .tile-main').click();
  await page.locator('.complaint-ways .way').nth(1).click();
  await page.getByText('开始录音').click();
  await page.getByText('没有找到麦克风').waitFor();
  expect(await inspect(page, 'no-microphone')).toEqual([]);
  await page.locator('.back').click();
  await page.getByText('请电话跟进').click();
  await page.locator('.complaint-ways .way-main').click();
  await page.waitForSelector('.home');
  expect(table.terminal.facts.at(-1)?.data).not.toHaveProperty('voice');
  await page.close();
});

/** What is wrong with a page, one line each. */
async function inspect(page: Page, name: string): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
  const faults = [...(await fitFaults(page)), ...(await spills(page))];
  return faults.map((line) => `${name} ${line}`);
}

/** The duty card keeps what it says inside itself. */
function spills(page: Page): Promise<string[]> {
  return page
    .locator('.duty, .duty-people')
    .evaluateAll((boxes) =>
      boxes
        .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
        .map(
          ({ className, scrollHeight, clientHeight }) =>
            `spills: ${className} ${scrollHeight} > ${clientHeight}`,
        ),
    );
}
