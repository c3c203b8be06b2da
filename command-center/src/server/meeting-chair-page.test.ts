import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { axeFaults } from '#testing/axe-faults.ts';
import { openChairRoom, scriptedMedia, tellLadder, type ChairRoom } from '#testing/chair-room.ts';
import { layoutFaults } from '#testing/layout-faults.ts';
import { openConsole, type OpenConsole } from '#testing/open-console.ts';
import { seedConsole } from '#testing/seed-console.ts';
import { seedMeetings } from '#testing/seed-meetings.ts';
import { seedScene } from '#testing/seed-scene.ts';

/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const languages = ['bo', 'en', 'zh'] as const;

let console: OpenConsole;
let chair: ChairRoom;
beforeAll(async () => {
  console = await openConsole(
    async (store) => {
      await seedScene(store, 'full');
      await seedConsole(store);
      await seedMeetings(store);
    },
    { media: scriptedMedia },
  );
  chair = await openChairRoom(console);
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(async () => {
  await chair[Symbol.asyncDispose]();
  await console[Symbol.asyncDispose]();
}, 90_000);

beforeEach(() => choose(chair.page, 'zh'));

async function choose(page: Page, language: string): Promise<void> {
  await page.locator(`.look-languages button[lang=${language}]`).first().click();
  await page.locator(`html[lang=${language}]`).waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** Every language at both sizes: nothing is cut off, in the pictures neither; ends in Chinese at the large one. */
async function look(page: Page, name: string): Promise<void> {
  for (const language of languages) {
    await choose(page, language);
    for (const size of sizes) {
      await page.setViewportSize(size);
      if (shotsDir !== undefined) {
        const path = join(shotsDir, `${name}-${language}-${size.width}x${size.height}.png`);
        await page.screenshot({ path });
      }
      const faultsNow = async () => [
        ...(await layoutFaults(page, { isWide: false })),
        ...(await pictureFaults(page)),
        ...(await keysBelow(page)),
      ];
      const within = { timeout: 5_000, message: `${name}, ${language}, ${size.width} px` };
      await expect.poll(faultsNow, within).toEqual([]);
    }
  }
  expect([name, ...(await axeFaults(page))]).toEqual([name]);
}

/** What steers, and one would have to scroll to. */
function keysBelow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.desk button')].flatMap((key) => {
      const below = Math.round(key.getBoundingClientRect().bottom + scrollY - innerHeight);
      return below <= 0 ? [] : [`${key.textContent} is ${below} px below the screen`];
    }),
  );
}

/** What does not fit into a picture's place: it itself, words instead of it, its name. */
function pictureFaults(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.stage .picture, .venue-card .picture')].flatMap((picture) => {
      const outer = picture.getBoundingClientRect();
      return [
        ...picture.querySelectorAll(
          'video, img, .picture-none, .picture-none small, figcaption, figcaption > *',
        ),
      ]
        .filter((part) => {
          const box = part.getBoundingClientRect();
          const room = part.closest('.picture-room')?.getBoundingClientRect() ?? outer;
          return (
            box.top < room.top - 1 || box.bottom > room.bottom + 1 || box.right > room.right + 1
          );
        })
        .map(
          (part) => `does not fit into its picture: ${part.localName} ${part.textContent ?? ''}`,
        );
    }),
  );
}

const jpegOf = (page: Page): Promise<Buffer> =>
  page
    .evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [320, 180];
      const pen = canvas.getContext('2d');
      for (const [at, colour] of ['#5b4a33', '#8a7051', '#a8987f', '#d3cdc7'].entries()) {
        if (pen === null) continue;
        pen.fillStyle = colour;
        pen.fillRect(0, at * 45, 320, 45);
      }
      return canvas.toDataURL('image/jpeg', 0.6).split(',')[1] ?? '';
    })
    .then((text) => Buffer.from(text, 'base64'));

const tile = (seatId: string | undefined) => `.stage .picture[data-seat="${seatId}"]`;

test('each venue stands as its link does, and of none that cannot send is the last frame shown', async () => {
  const { page, room, seats } = chair;
  tellLadder(chair);
  room.still({ seatId: seats[3] ?? '', source: 'camera' }, await jpegOf(page));
  await page.locator(`${tile(seats[3])} img`).waitFor();
  await page.locator(`${tile(seats[7])} .picture-none`, { hasText: '不在场' }).waitFor();
  for (const at of [0, 1, 2]) await page.locator(`${tile(seats[at])} video`).waitFor();
  const said = (at: number, words: string) =>
    page.locator(`${tile(seats[at])} .picture-none`, { hasText: words }).waitFor();
  await said(4, '对方丢包');
  await said(5, '收不到对方数据');
  await said(6, '对方关了画面');
  await said(8, '对方关了画面');
  expect(await page.locator('.stage video').count()).toBe(3);
  // Of a venue that is gone neither link nor voice is told.
  expect(await page.locator(`${tile(seats[7])} figcaption .tier`).count()).toBe(0);
  await look(page, 'chair-ladder');

  // Four pictures, the large one of which does not come.
  room.room((now) => ({ ...now, pictures: [4, 0, 3, 7].flatMap((at) => seats[at] ?? []) }));
  await page.locator('.pictures-4').waitFor();
  await said(4, '对方丢包');
  await look(page, 'chair-four');
  room.room((now) => ({ ...now, pictures: [4].flatMap((at) => seats[at] ?? []) }));
  await page.locator('.pictures-1').waitFor();
  await look(page, 'chair-one');
}, 240_000);

test('a shared screen whose sharer has only its voice left is not shown as if it were now', async () => {
  const { page, room, seats } = chair;
  const [sharer = '', ...others] = seats;
  room.room((now) => ({ ...now, pictures: [sharer, ...others.slice(0, 3)] }));
  room.screen(sharer);
  const front = page.locator('.pictures-front .is-large');
  await front.locator('video').waitFor();
  const screen = { seatId: sharer, source: 'screen' } as const;
  const held = { ...screen, reason: 'bandwidth', forMs: 95_000 } as const;
  room.held([{ ...held, hasStills: false }]);
  await front.locator('.picture-none', { hasText: '对方带宽不足' }).waitFor();
  expect(await front.locator('video').count()).toBe(0);
  const widthOf = async (selector: string) =>
    (await page.locator(selector).first().boundingBox())?.width ?? 0;
  expect(await widthOf('.pictures-front .is-large')).toBe(await widthOf('.pictures-front'));
  await look(page, 'chair-screen-held');
  room.held([{ ...held, hasStills: true }]);
  room.still(screen, await jpegOf(page));
  await front.locator('img').waitFor();
  await look(page, 'chair-screen-stills');
  room.held([]);
  await front.locator('video').waitFor();
}, 240_000);

test('on a link of the chair’s own that carries its voice alone, that is what is said', async () => {
  const { page, room } = chair;
  room.link({ up: 'video-300', upReason: 'good', down: 'audio', downReason: 'bandwidth' });
  await page.locator('.stage .picture-none', { hasText: '本席链路弱' }).first().waitFor();
  await look(page, 'chair-own-voice');
  room.link({ up: 'video-300', upReason: 'good', down: 'video-300', downReason: 'good' });
}, 240_000);

test('the card of a venue and the roll call fit', async () => {
  const { page, room, seats } = chair;
  room.endScreen();
  room.room((now) => ({ ...now, pictures: seats.slice(0, 4) }));
  tellLadder(chair);
  await page.locator('tbody tr.row').first().locator('td').first().click();
  await page.locator('.venue-card').waitFor();
  await look(page, 'chair-card');
  await page.keyboard.press('Escape');
  await page.locator('.venue-card').waitFor({ state: 'detached' });
  await page.keyboard.press('2');
  await page.locator('[data-roll-call="present"]').first().waitFor();
  await look(page, 'chair-roll-call');
}, 240_000);
