import type { ScriptedRoom } from '@sightline/media-client/testing';
import { chairSeat } from '#kiosk/testing/room-start.ts';
import { press, type Stage } from '#kiosk/testing/shot-stage.ts';

const deckId = '0190a5d4-0000-7000-8000-0000000000f1';
const good = {
  up: 'video-300',
  upReason: 'good',
  down: 'video-300',
  downReason: 'good',
} as const;

/** 课件, a shared screen, 文字 and 同声传译; the room is as it was before at the end. */
export async function shootFront(stage: Stage, room: ScriptedRoom): Promise<void> {
  room.link(good);
  await shootSlides(stage, room);
  await shootScreen(stage, room);
  await shootWriting(stage, room);
  await shootChannel(stage, room);
}

async function shootSlides({ page, shoot }: Stage, room: ScriptedRoom): Promise<void> {
  const jpeg = await drawSlide({ page });
  let isThere = false;
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization',
  };
  await page.route('**/decks/**', (route) =>
    isThere
      ? route.fulfill({ status: 200, contentType: 'image/jpeg', body: jpeg, headers })
      : route.fulfill({ status: 404, headers }),
  );
  const turnTo = (no: number): void =>
    room.room((now) => ({
      ...now,
      control: { ...now.control, slides: { deckId, page: no, pages: 12 } },
    }));
  turnTo(1);
  await page.locator('.is-front .picture-none').waitFor();
  await shoot('meeting-slide-missing');
  isThere = true;
  turnTo(2);
  await page.locator('.is-front img').waitFor();
  await shoot('meeting-slides');
  room.link({ ...good, down: 'audio', downReason: 'bandwidth' });
  turnTo(3);
  await page.locator('.is-front .picture-none').waitFor();
  await shoot('meeting-slides-audio');
  room.link({ ...good, down: 'text', downReason: 'stalled' });
  await page.waitForSelector('.room-lines.is-large');
  await shoot('meeting-slides-text');
  room.link(good);
  room.room((now) => ({ ...now, control: { ...now.control, slides: null } }));
  await page.locator('.is-front').waitFor({ state: 'detached' });
  await page.unroute('**/decks/**');
}

async function shootScreen({ page, shoot }: Stage, room: ScriptedRoom): Promise<void> {
  room.screen(chairSeat);
  await page.locator('.is-front video').waitFor();
  await shoot('meeting-screen');
  room.link({ ...good, down: 'stills', downReason: 'bandwidth' });
  await page.locator('.is-front .picture-none').waitFor();
  await shoot('meeting-screen-coming');
  room.still({ seatId: chairSeat, source: 'screen' }, await drawSlide({ page }, 0.4));
  await page.locator('.is-front img').waitFor();
  await shoot('meeting-screen-stills');
  room.link({ ...good, down: 'audio', downReason: 'bandwidth' });
  await page.locator('.is-front .picture-none').waitFor();
  await shoot('meeting-screen-audio');
  room.link(good);
  await page.locator('.is-front video').waitFor();
  const shared = { seatId: chairSeat, source: 'screen' } as const;
  // The sharer's own link: what came last is no screen of now.
  room.held([{ ...shared, hasStills: false, reason: 'bandwidth', forMs: 95_000 }]);
  await page.locator('.is-front .picture-held').waitFor();
  if ((await page.locator('.is-front video').count()) > 0) throw new Error('A frame of before.');
  await shoot('meeting-screen-held');
  room.held([{ ...shared, hasStills: true, reason: 'bandwidth', forMs: 99_000 }]);
  room.still(shared, await drawSlide({ page }, 0.4));
  await page.locator('.is-front img').waitFor();
  await shoot('meeting-screen-held-stills');
  room.held([]);
  await page.locator('.is-front video').waitFor();
  room.endScreen();
  await page.locator('.is-front').waitFor({ state: 'detached' });
}

async function shootWriting({ page, shoot }: Stage, room: ScriptedRoom): Promise<void> {
  await press(page, '.room-side .way', 0);
  await page.waitForSelector('.write-line');
  await shoot('meeting-write');
  room.refuseLines('too-fast');
  await page.locator('.write-own input').fill('牲畜都已入圈，道路正在清雪');
  await press(page, '.write-own .meeting-key', 1);
  await page.waitForSelector('.write-line .tier-banner');
  await shoot('meeting-write-refused');
  room.refuseLines(null);
  await press(page, '.write-own .meeting-key', 1);
  await page.locator('.write-line .tier-banner').waitFor({ state: 'detached' });
  await press(page, '.write-back', 0);
  await page.waitForSelector('.pictures');
}

async function shootChannel({ page, shoot }: Stage, room: ScriptedRoom): Promise<void> {
  room.room((now) => ({
    ...now,
    control: { ...now.control, interpreters: [{ seatId: chairSeat, language: 'bo' }] },
  }));
  const key = page.locator('.meeting-key').nth(3);
  await key.click();
  await page.locator('.meeting-key.is-on').nth(0).waitFor();
  await shoot('meeting-channel-waits');
  // What was chosen for this meeting is asked for again by a page that is loaded anew.
  await page.reload();
  await page.locator('.ring-bar').click();
  await page.locator('.meeting-key.is-on').nth(0).waitFor();
  if (room.channel() !== 'bo') throw new Error(`The kiosk entered to hear ${room.channel()}.`);
  await key.click();
}

/** A page as a township would show one. */
async function drawSlide({ page }: Pick<Stage, 'page'>, quality = 0.7): Promise<Buffer> {
  const text = await page.evaluate(async (asGood) => {
    const { fontFamily } = getComputedStyle(document.body);
    const lines = ['夜间值守两人在岗', '积雪超过 20 厘米先停止出行', '每四小时报一次'];
    const title = '今冬防雪灾值守要点';
    await document.fonts.load(`44px ${fontFamily}`, [title, ...lines].join(''));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1280, 720];
    const pen = canvas.getContext('2d');
    if (pen === null) return '';
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = '#9b1c1c';
    pen.fillRect(0, 0, 1280, 110);
    pen.font = `60px ${fontFamily}`;
    pen.fillStyle = '#ffffff';
    pen.fillText(title, 60, 76);
    pen.fillStyle = '#1b2534';
    pen.font = `44px ${fontFamily}`;
    for (const [at, line] of lines.entries()) {
      pen.fillText(`${at + 1}. ${line}`, 90, 230 + at * 110);
    }
    return canvas.toDataURL('image/jpeg', asGood).split(',')[1] ?? '';
  }, quality);
  return Buffer.from(text, 'base64');
}
