import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addPeople } from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole, type OpenConsole } from '#testing/open-console.ts';
import { equippedVillages, seedScene } from '#testing/seed-scene.ts';

const [village = '', other = ''] = equippedVillages().filter((one) => one.startsWith('540235'));
const personId = '0190a5d4-0000-7000-8000-0000000000a1';
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

let console: OpenConsole;
let source: TestSource;
beforeAll(async () => {
  source = new TestSource();
  console = await openConsole(async (store) => {
    await seedScene(store, 'empty');
    const now = Temporal.Now.instant();
    for (const region of [village, other]) {
      await store.pool.query(
        `insert into terminal (terminal_id, region, simulated) values ($1, $2, true) on conflict do nothing`,
        [`t-${region}`, region],
      );
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
         values ($1, $2, '', $3) on conflict do nothing`,
        [region === village ? source.source : region, `t-${region}`, now.toString()],
      );
    }
    const person = { personId, region: village, name: '扎西顿珠', post: '' };
    await addPeople(store, [person], { now, actor: 'system:test' });
  });
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

test('a notice is written, sent to the villages that have a terminal, signed for there, and withdrawn', async () => {
  const page = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/notices');
  const shoot = async (name: string): Promise<void> => {
    if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
  };
  await page.getByText('还没有通知').waitFor();
  await page.keyboard.press('n');
  await page.getByText('将送到 2 个村').waitFor();
  await page.getByLabel('标题').fill('今夜防雪');
  await page.getByLabel('正文').fill('今夜八时起有雪。\n请检查牲畜棚和道路。');
  await page.getByText('重要', { exact: true }).click();
  await page.getByText('1 天内', { exact: true }).click();
  await shoot('console-notice-write');
  await page.getByRole('button', { name: '发给 2 个村' }).click();
  await page.locator('[data-receipts="2/0/0"]').waitFor();
  const noticeId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const data = { noticeId, terminalId: `t-${village}`, personId, method: 'pin' };
  await source.append(console.store, [
    { region: village, type: 'notice.read', at: '2020-01-01T00:00:00.000Z', data },
  ]);
  await page.keyboard.press('Escape');
  // The list is read again until the projector has followed.
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.locator('[data-receipts]').first().waitFor();
        return page.locator('[data-receipts]').first().getAttribute('data-receipts');
      },
      { timeout: 30_000 },
    )
    .toBe('2/1/1');
  await shoot('console-notices');
  await page.getByText('今夜防雪').click();
  await page.getByText('扎西顿珠 签收').waitFor();
  await page.getByRole('button', { name: '撤回' }).click();
  await page.getByText('已撤回').first().waitFor();
  await shoot('console-notice');
  await page.context().close();
}, 120_000);
