import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { desktop, openConsole, phone, type OpenConsole } from '#testing/open-console.ts';
import { seedScene } from '#testing/seed-scene.ts';

/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole((store) => seedScene(store, 'empty'));
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

const officer = { roles: ['dispatcher'], region: '540235' } as const;

test.each([
  ['desktop', desktop],
  ['phone', phone],
] as const)(
  'a page whose program cannot be fetched says so on a %s, the others go on, and it opens when it is loaded again',
  async (name, size) => {
    const page = await console.openAs(officer, '/ledger', size);
    await page.getByRole('heading').first().waitFor();
    await page.route('**/NoticesPage-*.js', (route) => route.abort());
    await page.evaluate(() => {
      history.pushState(null, '', '/console/notices');
    });
    await page.getByText('这一页没有打开').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    if (shotsDir !== undefined) {
      await page.screenshot({ path: join(shotsDir, `console-broken-${name}.png`) });
    }
    // What stands around it is there still, and leads to other pages.
    await page.evaluate(() => {
      history.pushState(null, '', '/console/ledger');
    });
    await page.getByText('这一页没有打开').waitFor({ state: 'detached' });
    await page.unroute('**/NoticesPage-*.js');
    await page.evaluate(() => {
      history.pushState(null, '', '/console/notices');
    });
    await page.getByText('这一页没有打开').waitFor();
    await page.getByRole('button', { name: '重新加载' }).click();
    await page.getByText('还没有通知').waitFor();
    await page.context().close();
  },
  120_000,
);
