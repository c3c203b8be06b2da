import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccount, issueSignInLink, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { administratorCookie, seedConsole, shownVillage } from './seed-console.ts';
import { seedScene, tellLinks } from './seed-scene.ts';
import { pagesOf, type ShootOptions } from './shoot-screen.ts';
import { startCentre } from '#start-centre.ts';

const sizes = { desktop: [1440, 900], phone: [390, 844] } as const;
type Size = keyof typeof sizes;
type Language = 'zh' | 'bo' | 'en';

/** One picture of the console. */
interface Shot {
  readonly name: string;
  readonly scene: 'empty' | 'full';
  /** Behind `/console`; `link` = a one-time link. */
  readonly path: string;
  readonly sizes: readonly Size[];
  readonly languages: readonly Language[];
  readonly isSignedIn?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

const everywhere = { sizes: ['desktop', 'phone'], languages: ['zh', 'bo', 'en'] } as const;
const inChinese = { sizes: ['desktop', 'phone'], languages: ['zh'] } as const;
const onDesktop = { sizes: ['desktop'], languages: ['zh', 'bo', 'en'] } as const;
const village = `/villages/${shownVillage}`;

const shots: readonly Shot[] = [
  { ...everywhere, name: 'sign-in', scene: 'empty', path: '/', isSignedIn: false },
  { ...everywhere, name: 'first-use', scene: 'empty', path: 'link', isSignedIn: false },
  { ...everywhere, name: 'empty', scene: 'empty', path: '/villages' },
  { ...everywhere, name: 'empty-village', scene: 'empty', path: village },
  { ...inChinese, name: 'empty-terminals', scene: 'empty', path: '/terminals' },
  { ...inChinese, name: 'empty-trouble', scene: 'empty', path: '/trouble' },
  { ...everywhere, name: 'villages', scene: 'full', path: '/villages' },
  { ...everywhere, name: 'village', scene: 'full', path: village },
  { ...everywhere, name: 'ledger', scene: 'full', path: village, act: openLedger },
  { ...everywhere, name: 'receipt', scene: 'full', path: village, act: openReceipt },
  { ...inChinese, name: 'receipt-forged', scene: 'full', path: village, act: openForged },
  { ...inChinese, name: 'receipt-paper', scene: 'full', path: village, act: openPaper },
  { ...inChinese, name: 'check-ins', scene: 'full', path: village, act: showCheckIns },
  { ...everywhere, name: 'withdraw', scene: 'full', path: village, act: askWithdraw },
  { ...everywhere, name: 'code', scene: 'full', path: village, act: issueCode },
  { ...onDesktop, name: 'enrolment-code', scene: 'full', path: village, act: issueEnrolment },
  { ...inChinese, name: 'add-person', scene: 'full', path: village, act: openAddPerson },
  { ...inChinese, name: 'search', scene: 'full', path: '/villages', act: search },
  { ...everywhere, name: 'terminals', scene: 'full', path: '/terminals/540235' },
  { ...everywhere, name: 'trouble', scene: 'full', path: '/trouble' },
  { ...everywhere, name: 'audit', scene: 'full', path: '/audit', act: verify },
  { ...inChinese, name: 'access', scene: 'full', path: '/access' },
  { ...everywhere, name: 'sessions', scene: 'full', path: '/sessions' },
  { ...onDesktop, name: 'help', scene: 'full', path: '/villages', act: openHelp },
];

const logger = pino({ level: 'silent' });
const config = {
  databaseUrl: '',
  host: '127.0.0.1',
  port: 0,
  brokerHttpUrl: null,
  demo: true,
  sampleCamera: true,
  logLevel: 'silent',
  publicHosts: [],
  tls: null,
};

/** Takes every picture of the console on databases of its own. The pages must be built. */
export async function shootConsole(options: ShootOptions): Promise<number> {
  await mkdir(options.folder, { recursive: true });
  let count = 0;
  for (const scene of ['empty', 'full'] as const) {
    await using store = await openTestStore();
    await seedScene(store, scene);
    if (scene === 'full') await seedConsole(store);
    await using centre = await startCentre(config, { store, logger, ...pagesOf(options) });
    const cookie = await administratorCookie(store);
    for (const shot of shots.filter((each) => each.scene === scene)) {
      if (!shot.name.includes(options.only ?? '')) continue;
      count += await shoot(shot, { ...options, store, url: centre.url, cookie });
    }
  }
  return count;
}

interface Studio extends ShootOptions {
  readonly store: Store;
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
}

async function shoot(shot: Shot, studio: Studio): Promise<number> {
  for (const size of shot.sizes) {
    for (const language of shot.languages) {
      await tellLinks(studio.store, shot.scene);
      const [width, height] = sizes[size];
      const context = await studio.browser.newContext({ viewport: { width, height } });
      if (shot.isSignedIn !== false) {
        await context.addCookies([{ ...studio.cookie, url: studio.url }]);
      }
      const page = await context.newPage();
      const path = shot.path === 'link' ? `/${await linkMark(studio.store)}` : shot.path;
      const [route = '', mark = ''] = path.split('#');
      const hash = mark === '' ? '' : `#${mark}`;
      await page.goto(`${studio.url}/console${route}?lang=${language}${hash}`);
      await page.locator('h1:visible, h2:visible').first().waitFor();
      await page.waitForLoadState('networkidle');
      await shot.act?.(page);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(500); // Dialogs come to rest, late font subsets arrive.
      const name = `${shot.name}-${size}-${language}`;
      await page.screenshot({ path: join(studio.folder, `console-${name}.png`) });
      studio.onShot?.(`console-${name}`);
      await context.close();
    }
  }
  return shot.sizes.length * shot.languages.length;
}

async function linkMark(store: Store): Promise<string> {
  const now = Temporal.Now.instant();
  const account = { roles: ['administrator'] as const, region: '5402', now };
  const accountId = await createAccount(store.pool, account);
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  return `#sign-in=${token}`;
}

/** The language of the page is not known here: buttons are found by their place. */
async function issueCode(page: Page): Promise<void> {
  await page.locator('.person .actions button').nth(1).click();
  await page.locator('.code-text').waitFor();
}

async function openLedger(page: Page): Promise<void> {
  await openLedgerOf(page, 0);
}

async function openLedgerOf(page: Page, person: number): Promise<void> {
  const row = page.locator('.person').nth(person);
  await row.locator('[aria-expanded]').click();
  await row.locator('.ledger ol > li').first().waitFor();
}

async function openReceipt(page: Page): Promise<void> {
  await openReceiptOf(page, 0);
}

async function openForged(page: Page): Promise<void> {
  await openReceiptOf(page, 2);
}

async function openReceiptOf(page: Page, person: number): Promise<void> {
  await openLedgerOf(page, person);
  await page.locator('.ledger-receipt button').first().click();
  await page.locator('.receipt').waitFor();
}

/** As it comes out of a printer. */
async function openPaper(page: Page): Promise<void> {
  await openReceipt(page);
  await page.emulateMedia({ media: 'print' });
}

async function showCheckIns(page: Page): Promise<void> {
  await page.locator('.check-ins li').last().scrollIntoViewIfNeeded();
}

async function askWithdraw(page: Page): Promise<void> {
  await page.locator('.person').nth(1).locator('.actions button').nth(2).click();
  await page.locator('.ant-modal-confirm').waitFor();
}

async function issueEnrolment(page: Page): Promise<void> {
  await page.locator('.terminal .actions button').first().click();
  await page.locator('.code-text').waitFor();
}

async function openAddPerson(page: Page): Promise<void> {
  await page.locator('.section-head button').first().click();
  await page.locator('.add-person input').first().fill('旦增');
}

async function search(page: Page): Promise<void> {
  const opener = page.locator('.region-button');
  if (await opener.isVisible()) {
    await opener.click();
    await page.locator('.ant-drawer .region-search input').fill('nlm');
  } else {
    await page.keyboard.press('/');
    await page.keyboard.type('nlm');
  }
  await page.locator('.region-found:visible').waitFor();
}

async function verify(page: Page): Promise<void> {
  await page.locator('.verdict button').click();
  await page.locator('.look-notice').waitFor();
}

async function openHelp(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.locator('.keys').waitFor();
}
