import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '@sightline/look/testing/speak';
import { ensureFootage, filmScene } from '@sightline/models/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCamera } from '#camera/open-camera.ts';
import { Gallery } from '#face/gallery.ts';
import { buildPages } from '#kiosk/testing/build-pages.ts';
import { meetingNow, tellMeetings } from '#kiosk/testing/meeting-scenes.ts';
import { openBrowser, type TestBrowser } from '#kiosk/testing/open-browser.ts';
import { scriptRoom } from '@sightline/media-client/testing';
import { ownSeat, roomStart } from '#kiosk/testing/room-start.ts';
import { scriptedEyes, scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { kioskSizes } from '#kiosk/testing/shoot-kiosk.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import { tableRollCall } from '#kiosk/testing/table-meeting.ts';
import { tableDesired, tablePeople, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { inspectPage, visitKiosk } from '#kiosk/testing/visit-kiosk.ts';

vi.setConfig({ testTimeout: 240_000 });
/** Longer words on the smallest screen; the walk's own language comes last, and goes on. */
const looks = [
  { language: 'bo', sizes: ['1366x768'] },
  { language: 'en', sizes: ['1366x768'] },
  { language: 'zh', sizes: kioskSizes },
] as const;

let dir: string;
let browser: TestBrowser;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  await buildPages(join(dir, 'pages'));
  browser = await openBrowser(null);
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

/** What the page asked the agent for last, in pictures a second. */
function watchWishes(page: Page): () => number | null {
  let wished: number | null = null;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string' || !payload.includes('"pictures"')) return;
      // The page's own word: see `contracts/kiosk.ts`.
      wished = (JSON.parse(payload) as { perS: number }).perS;
    }),
  );
  return () => wished;
}

test('a page shows the agent’s camera in a meeting, asks it for what the link carries, and for nothing behind the shutter', async () => {
  const eyes = scriptedEyes();
  const kept = await mkdtemp(join(dir, 'kiosk-'));
  const gallery = await Gallery.open({ dir: kept, model: eyes.model });
  await gallery.put(tablePeople[0].personId, scriptedFace(0).template);
  const terminal = new TableTerminal(tableTime, tableDesired());
  terminal.setState({ clockCertain: true });
  const film = await filmScene(await ensureFootage(), { scene: 'enrol', dir, form: 'mkv' });
  await using camera = openCamera(`sample:${film}`);
  const pages = join(dir, 'pages');
  await using table = await openTableKiosk({ dir: kept, terminal, eyes, pages, camera });
  const page = await visitKiosk(browser.browser, table);
  const wished = watchWishes(page);
  await page.reload(); // So that its socket is watched.
  const room = await scriptRoom(page, { mediaHost: '127.0.0.1:9', ownSeat, start: roomStart });
  const wrong: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const { language, sizes } of looks) {
      await speak(page, language);
      for (const size of sizes) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.setViewportSize({ width, height });
        wrong.push(...(await inspectPage(page, `${name}-${size}-${language}`)));
      }
    }
  };
  const asks = (perS: number) => vi.waitFor(() => expect(wished()).toBe(perS), 10_000);

  tellMeetings(table, meetingNow(table));
  await page.locator('.ring-tiles .tile').first().click();
  await page.locator('.device-picture video').waitFor();
  await asks(12);
  await look('agent-camera-check');
  await page.locator('.device-check > .tile').click();
  await room.entered();
  await page.locator('.room-own video').waitFor();
  await look('agent-camera-room');

  const good = { down: 'video-300', downReason: 'good' } as const;
  room.link({ up: 'video-64', upReason: 'bandwidth', ...good });
  await asks(8);
  room.link({ up: 'stills', upReason: 'bandwidth', ...good });
  await asks(1);
  await page.locator('.meeting-key').nth(1).click();
  await asks(0);
  await page.locator('.meeting-key').nth(1).click();
  await asks(1);

  eyes.show([scriptedFace(3)]);
  const until = Temporal.Instant.from(terminal.clock.now().at).add({ seconds: 800 });
  const rollCall = tableRollCall({ until: until.toString({ smallestUnit: 'millisecond' }) });
  tellMeetings(table, meetingNow(table, { rollCall }));
  await eyes.whileShut(async () => {
    await page.locator('.roll-call-ways .tile').nth(1).click();
    await page.locator('.roll-call-face canvas').waitFor();
    await look('agent-camera-face');
  });
  await page.locator('.roll-call-ways .refusal').waitFor();
  await look('agent-camera-not-recognised');
  await page.locator('.roll-call-ways .tile').first().click();

  await page.locator('.strip-shutter').click();
  await asks(0);
  expect(await page.locator('.room-own video').count()).toBe(0);
  await look('agent-camera-shut');
  await page.close();
  expect(wrong).toEqual([]);
});
