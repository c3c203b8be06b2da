import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type Store } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import type { Browser, Page } from 'playwright-core';
import { openWire } from './open-wire.ts';
import { checkInLate, keepBrokerAlive, seedScene, tellLinks, type Scene } from './seed-scene.ts';
import { screenCookie, startCentreOn } from './start-test-centre.ts';

/** One picture of the screen. */
interface Shot {
  readonly name: string;
  readonly scene: Scene;
  readonly size: readonly [number, number];
  readonly language: 'zh' | 'bo' | 'en';
  /** A region to look at; '' = the whole. */
  readonly region: string;
  /** The database is cut off before the picture. */
  readonly isCut: boolean;
}

const hd = [1920, 1080] as const;
const uhd = [3840, 2160] as const;
const plain = { size: hd, language: 'zh', region: '', isCut: false } as const;

const shots: readonly Shot[] = [
  { ...plain, name: 'full-zh', scene: 'full' },
  { ...plain, name: 'full-bo', scene: 'full', language: 'bo' },
  { ...plain, name: 'full-en', scene: 'full', language: 'en' },
  { ...plain, name: 'full-zh-3840', scene: 'full', size: uhd },
  { ...plain, name: 'full-zh-1366', scene: 'full', size: [1366, 768] },
  { ...plain, name: 'full-en-1366', scene: 'full', size: [1366, 768], language: 'en' },
  { ...plain, name: 'county-zh', scene: 'full', region: '540202' },
  { ...plain, name: 'township-zh', scene: 'full', region: '540202205' },
  { ...plain, name: 'village-zh', scene: 'full', region: '540202205201' },
  {
    ...plain,
    name: 'village-en-1366',
    scene: 'full',
    region: '540202205201',
    language: 'en',
    size: [1366, 768],
  },
  { ...plain, name: 'village-bo', scene: 'full', region: '540202205201', language: 'bo' },
  { ...plain, name: 'empty-zh', scene: 'empty' },
  { ...plain, name: 'outage-zh', scene: 'outage' },
  { ...plain, name: 'outage-en', scene: 'outage', language: 'en' },
  { ...plain, name: 'outage-village-zh', scene: 'outage', region: '540235100201' },
  { ...plain, name: 'outage-bo', scene: 'outage', language: 'bo' },
  { ...plain, name: 'outage-zh-3840', scene: 'outage', size: uhd },
  { ...plain, name: 'gone-zh', scene: 'full', isCut: true },
  { ...plain, name: 'gone-en-1366', scene: 'full', isCut: true, language: 'en', size: [1366, 768] },
];

export interface ShootOptions {
  readonly browser: Browser;
  /** Pictures land here as screen-NAME.png. */
  readonly folder: string;
  /** Only pictures whose name holds this. */
  readonly only?: string;
  readonly onShot?: (name: string) => void;
  /** The built pages, those of `npm run build` unless given. */
  readonly pagesDir?: string;
}

export function pagesOf({ pagesDir }: ShootOptions): { readonly pagesDir?: string } {
  return pagesDir === undefined ? {} : { pagesDir };
}

/** Takes every picture of the screen on databases of its own. The pages must be built. */
export async function shootScreen(options: ShootOptions): Promise<number> {
  await mkdir(options.folder, { recursive: true });
  const wanted = shots.filter(({ name }) => name.includes(options.only ?? ''));
  const scenes = Map.groupBy(wanted, ({ scene }) => scene);
  for (const [scene, ofScene] of scenes) await shootScene(scene, ofScene, options);
  return wanted.length;
}

async function shootScene(
  scene: Scene,
  ofScene: readonly Shot[],
  options: ShootOptions,
): Promise<void> {
  await using behind = await openTestStore();
  await seedScene(behind, scene);
  using _ = keepBrokerAlive(behind);
  await using wire = await openWire(behind.databaseUrl);
  await using store = await openStore({
    databaseUrl: wire.databaseUrl,
    applicationName: 'sightline-shots',
  });
  const wired = { ...store, databaseUrl: wire.databaseUrl };
  await using centre = await startCentreOn(wired, pagesOf(options));
  await untilKnown(behind, scene);
  if (scene !== 'empty') await checkInLate(behind);
  const cookie = await screenCookie({ store: behind }, '5402');
  for (const shot of ofScene) {
    await tellLinks(behind, scene);
    const context = await options.browser.newContext({
      viewport: { width: shot.size[0], height: shot.size[1] },
    });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: centre.url }]);
    const page = await context.newPage();
    await page.goto(`${centre.url}/screen/${shot.region}?lang=${shot.language}`);
    await untilShown(page);
    if (shot.isCut) {
      await tellLinks(behind, scene);
      wire.cut();
      await page.locator('.truth').waitFor();
      await page.waitForTimeout(1500); // The hive repaints and the clock moves on.
    }
    await page.screenshot({ path: join(options.folder, `screen-${shot.name}.png`) });
    options.onShot?.(shot.name);
    await context.close();
    wire.mend();
  }
}

/** The centre has recorded every terminal's status. */
async function untilKnown(store: Store, scene: Scene): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  for (;;) {
    deadline.throwIfAborted();
    await tellLinks(store, scene);
    const { rows } = await store.pool.query<{ unknown: number }>(
      `select count(*)::int as unknown from presence where status = 'unknown'`,
    );
    if (rows[0]?.unknown === 0) return;
    await pause(300);
  }
}

/** The picture stands: cells painted, nothing doubted, fonts there. */
async function untilShown(page: Page): Promise<void> {
  await page.locator('canvas[data-as-of]').waitFor();
  await page.locator('.truth').waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1200); // Subsets of the font arrive after the canvas asked for them.
}
