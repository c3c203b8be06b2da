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

test('a ring is planned, ordered, watched live and a village called back', async () => {
  const page = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/checks');
  const shoot = async (name: string): Promise<void> => {
    if (shotsDir !== undefined) await page.screenshot({ path: join(shotsDir, `${name}.png`) });
  };
  await page.getByText('还没有抽查').waitFor();
  await shoot('console-checks-empty');
  await page.keyboard.press('n');
  await page.getByText('将呼叫 2 个村').waitFor();
  await page.getByRole('button', { name: '气象预警' }).click();
  await page.getByLabel('说明').fill('今夜暴雪');
  await shoot('console-checks-order');
  await page.getByRole('button', { name: '呼叫 2 个村' }).click();
  await page.getByText('正在响铃').waitFor();
  const checkId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const stage = (name: string) => page.locator(`[data-stage="${name}"]`);
  expect(await stage('rung').innerText()).toBe('2');
  expect(await stage('answered').innerText()).toBe('0');

  const say = (type: 'shown' | 'answered' | 'call-asked', uptimeMs: number, more: object = {}) => ({
    region: village,
    type: `spot-check.${type}` as const,
    at: '2020-01-01T00:00:00.000Z',
    clock: { bootId: source.bootId, uptimeMs, offsetMs: null },
    data: { checkId, terminalId: `t-${village}`, ...more },
  });
  await source.append(console.store, [say('shown', 1_000), say('call-asked', 2_000)]);
  await page.getByText('等回电 1').waitFor();
  expect(await stage('shown').innerText()).toBe('1');
  await shoot('console-check-calling');
  await page.getByRole('button', { name: '没打通', exact: true }).click();
  await page.getByText('又没打通').waitFor();
  await page.getByRole('button', { name: '已通话' }).click();
  await page.locator('[data-stage="answered"]', { hasText: '1' }).waitFor();
  const answer = { personId, method: 'pin' };
  await source.append(console.store, [say('answered', 9_000, answer)]);
  await page.getByText('密码').first().waitFor();
  await page.getByRole('button', { name: '撤回' }).click();
  await page.getByText('已撤回').first().waitFor();
  await shoot('console-check-withdrawn');
  await page.keyboard.press('Escape');
  await page.getByText('2 个村应答 1').waitFor();
  await page.getByText('1 件，已应答 1').waitFor();
  await shoot('console-checks');
  await page.context().close();
}, 120_000);
