import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole, type OpenConsole } from '#testing/open-console.ts';
import { equippedVillages, seedScene } from '#testing/seed-scene.ts';

const media = {
  secret: 'a shared secret of at least 32 characters',
  url: 'http://127.0.0.1:7410',
};

let console: OpenConsole;
beforeAll(async () => {
  console = await openConsole(
    async (store) => {
      await seedScene(store, 'empty');
      const [region = ''] = equippedVillages().filter((one) => one.startsWith('540235'));
      await store.pool.query(
        `insert into terminal (terminal_id, region, simulated) values ('t-1', $1, true)`,
        [region],
      );
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
         values ('t-1', 't-1', '', now())`,
      );
    },
    { media },
  );
}, 240_000);
afterAll(() => console[Symbol.asyncDispose](), 90_000);

const who = { roles: ['dispatcher'], region: '5402' } as const;
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

/** The reason as somebody reads it, in every language. */
async function shoot(page: Page, name: string): Promise<void> {
  if (shotsDir === undefined) return;
  mkdirSync(shotsDir, { recursive: true });
  for (const language of ['bo', 'en', 'zh']) {
    await page.locator(`.look-languages button[lang=${language}]`).first().click();
    await page.locator(`html[lang=${language}]`).waitFor();
    await page.locator('.meeting button[aria-disabled="true"]').first().hover();
    await page.getByRole('tooltip').first().waitFor();
    await page.screenshot({ path: join(shotsDir, `${name}-${language}.png`) });
    await page.mouse.move(0, 400);
    await page.getByRole('tooltip').first().waitFor({ state: 'hidden' });
  }
}

/** The key to end the meeting, off with this reason. */
const off = (page: Page, reason: string) =>
  page.locator(`button[aria-disabled="true"][aria-description*="${reason}"]`).waitFor();

test('an officer reads why another’s meeting is not ended: nobody knows of the chair, the link has just begun, it is there', async () => {
  const chair = await console.openAs({ roles: ['dispatcher'], region: '540235' }, '/meetings');
  await chair.getByRole('button', { name: '召开会议' }).click();
  await chair.getByLabel('会议名称').fill('主持人只听的会议');
  await chair.getByRole('button', { name: /^现在呼叫 [1-9]/ }).click();
  await chair.waitForURL(/\/meetings\/\d+\/[0-9a-f-]{36}$/);
  const meetingId = new URL(chair.url()).pathname.split('/').at(-1) ?? '';
  await chair.context().close();
  await console.store.pool.query(
    `update meeting set opened_at = opened_at - interval '3 minutes' where meeting_id = $1`,
    [meetingId],
  );
  const officer = await console.openAs(who, `/meetings/5402/${meetingId}`);
  await off(officer, '不知道主持人是否还在');
  await officer.getByText('没有连上会议媒体服务器').first().waitFor();
  await shoot(officer, 'end-chair-unknown');

  const link = io(`${console.centre.url}/media`, {
    transports: ['websocket'],
    auth: { secret: media.secret },
    forceNew: true,
  });
  try {
    await off(officer, '媒体服务器刚连上');
    await shoot(officer, 'end-chair-awaited');
    const said: unknown = await link.emitWithAck('chairs', [{ meetingId, agoMs: 0 }]);
    expect(said).toEqual({ ok: true });
    await off(officer, '主持人还在');
    await shoot(officer, 'end-chair-there');
  } finally {
    link.close();
  }
  await officer.context().close();
}, 120_000);
