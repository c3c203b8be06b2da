import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccount, issueSignInLink, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import type { AccountRole } from '@sightline/contracts';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { noNotify } from '#notify/notify-config.ts';
import {
  askWithdraw,
  issueCode,
  issueEnrolment,
  openAddPerson,
  openForged,
  openHelp,
  openLedger,
  openOrganisation,
  openPaper,
  openReceipt,
  search,
  showCheckIns,
  verify,
} from './console-acts.ts';
import { readRetentionDays } from '#retention/retention-days.ts';
import { dailyWork } from './open-console.ts';
import { seedConsole, shownVillage } from './seed-console.ts';
import { seedScene, tellLinks } from './seed-scene.ts';
import { sessionCookie, type SessionCookie, type SignedIn } from './session-cookie.ts';
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
  /** Who looks; null = nobody is signed in. Those of the daily work unless given. */
  readonly who?: SignedIn | null;
  readonly act?: (page: Page) => Promise<void>;
}

const everywhere = { sizes: ['desktop', 'phone'], languages: ['zh', 'bo', 'en'] } as const;
const inChinese = { sizes: ['desktop', 'phone'], languages: ['zh'] } as const;
const onDesktop = { sizes: ['desktop'], languages: ['zh', 'bo', 'en'] } as const;
const inRole = (role: AccountRole): Pick<Shot, 'who'> => ({
  who: { roles: [role], region: '5402' },
});
const system = inRole('system-administrator');
const security = inRole('security-administrator');
const auditor = inRole('audit-administrator');
const village = `/villages/${shownVillage}`;
const terminal = `/terminals/540235/t-${shownVillage}`;

const shots: readonly Shot[] = [
  { ...everywhere, name: 'sign-in', scene: 'empty', path: '/', who: null },
  { ...everywhere, name: 'first-use', scene: 'empty', path: 'link', who: null },
  { ...everywhere, name: 'empty', scene: 'empty', path: '/villages' },
  { ...everywhere, name: 'empty-village', scene: 'empty', path: village },
  { ...inChinese, name: 'empty-terminals', scene: 'empty', path: '/terminals' },
  { ...inChinese, name: 'empty-trouble', scene: 'empty', path: '/trouble' },
  { ...inChinese, name: 'empty-imports', scene: 'empty', path: '/imports' },
  { ...inChinese, name: 'empty-organisations', scene: 'empty', path: '/organisations' },
  { ...inChinese, name: 'empty-quality', scene: 'empty', path: '/quality' },
  { ...everywhere, name: 'villages', scene: 'full', path: '/villages' },
  { ...everywhere, name: 'village', scene: 'full', path: village },
  { ...everywhere, name: 'ledger', scene: 'full', path: village, act: openLedger },
  { ...everywhere, name: 'receipt', scene: 'full', path: village, act: openReceipt },
  { ...inChinese, name: 'receipt-forged', scene: 'full', path: village, act: openForged },
  { ...inChinese, name: 'receipt-paper', scene: 'full', path: village, act: openPaper },
  { ...inChinese, name: 'check-ins', scene: 'full', path: village, act: showCheckIns },
  { ...everywhere, name: 'withdraw', scene: 'full', path: village, act: askWithdraw },
  { ...everywhere, name: 'code', scene: 'full', path: village, act: issueCode },
  {
    ...onDesktop,
    ...system,
    name: 'enrolment-code',
    scene: 'full',
    path: terminal,
    act: issueEnrolment,
  },
  { ...inChinese, name: 'add-person', scene: 'full', path: village, act: openAddPerson },
  { ...inChinese, name: 'search', scene: 'full', path: '/villages', act: search },
  { ...everywhere, name: 'terminals', scene: 'full', path: '/terminals/540235' },
  { ...everywhere, name: 'trouble', scene: 'full', path: '/trouble' },
  { ...everywhere, name: 'terminal', scene: 'full', path: terminal },
  { ...everywhere, ...auditor, name: 'audit', scene: 'full', path: '/audit', act: verify },
  { ...everywhere, ...security, name: 'access', scene: 'full', path: '/access' },
  { ...inChinese, ...security, name: 'not-yours', scene: 'full', path: '/audit' },
  { ...everywhere, name: 'imports', scene: 'full', path: '/imports' },
  { ...everywhere, name: 'quality', scene: 'full', path: '/quality/5402/people-without-post' },
  { ...everywhere, name: 'organisations', scene: 'full', path: '/organisations/540235' },
  {
    ...everywhere,
    name: 'organisation',
    scene: 'full',
    path: '/organisations/540235',
    act: openOrganisation,
  },
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
  complaintAnswerDays: 7,
  retentionDays: readRetentionDays(''),
  tls: null,
  registerKeyFile: null,
  coursesDir: '',
  notify: noNotify,
  media: null,
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
    for (const shot of shots.filter((each) => each.scene === scene)) {
      if (!shot.name.includes(options.only ?? '')) continue;
      count += await shoot(shot, { ...options, store, url: centre.url });
    }
  }
  return count;
}

interface Studio extends ShootOptions {
  readonly store: Store;
  readonly url: string;
}

async function shoot(shot: Shot, studio: Studio): Promise<number> {
  for (const size of shot.sizes) {
    for (const language of shot.languages) {
      await tellLinks(studio.store, shot.scene);
      const [width, height] = sizes[size];
      const context = await studio.browser.newContext({ viewport: { width, height } });
      const page = await context.newPage();
      const cookie = await cookieFor(shot, studio, page);
      if (cookie !== null) await context.addCookies([{ ...cookie, url: studio.url }]);
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

async function cookieFor(shot: Shot, { store }: Studio, page: Page): Promise<SessionCookie | null> {
  const who = shot.who === undefined ? dailyWork : shot.who;
  if (who === null) return null;
  const agent = await page.evaluate(() => navigator.userAgent);
  return sessionCookie(store, { ...who, agent });
}

async function linkMark(store: Store): Promise<string> {
  const now = Temporal.Now.instant();
  const account = { roles: ['dispatcher'] as const, region: '5402', now };
  const accountId = await createAccount(store.pool, account);
  const { token } = await issueSignInLink(store.pool, { accountId, now });
  return `#sign-in=${token}`;
}
