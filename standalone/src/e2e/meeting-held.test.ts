import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  makeOrder,
  openTestMedia,
  signSeat,
  steered,
  type TestMedia,
} from '@sightline/media-server/testing';
import { openMeetingPages, type MeetingPages, type SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';

let media: TestMedia;
let pages: MeetingPages;
let sharer: SeatPage;
let viewer: SeatPage;

const base = makeOrder(2);
const [shares = '', views = ''] = base.venues;
const order = steered(base, { onAir: [shares], screen: shares });
const { meetingId } = order.control;

beforeAll(async () => {
  [media, pages] = await Promise.all([openTestMedia(), openMeetingPages()]);
  media.centre.order(order);
  sharer = await pages.open(media.url, signSeat({ meetingId, seatId: shares }));
  viewer = await pages.open(media.url, signSeat({ meetingId, seatId: views }));
  for (const seat of [sharer, viewer]) await seat.until(({ phase }) => phase === 'in');
  expect(await sharer.sendAll()).toEqual([null, null]);
  expect(await sharer.shareScreen()).toBeNull();
}, 120_000);
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
  await media[Symbol.asyncDispose]();
});

const camera = `${shares} camera`;
const screen = `${shares} screen`;
const best = { up: 'video-300', down: 'video-300' } as const;

/** Both move on from how they stand, and nothing is said against them. */
async function move(): Promise<void> {
  const { frames } = await viewer.state();
  const isMoving = (now: PageState): boolean =>
    [camera, screen].every((key) => (now.frames[key] ?? 0) > (frames[key] ?? 0) + 10) &&
    Object.keys(now.held).length === 0;
  await viewer.until(isMoving, 60_000);
}

test('what really does not come of a page is said of its pictures, and no more when it comes again', async () => {
  await move();
  await sharer.chooseBest({ ...best, up: 'audio' });
  await viewer.until(({ held }) => held[camera] === 'chosen' && held[screen] === 'chosen', 30_000);
  await sharer.chooseBest(best);
  await move();

  await sharer.setPaused('camera', true);
  const { held } = await viewer.until((now) => now.held[camera] === 'chosen', 30_000);
  expect(Object.keys(held)).toEqual([camera]);
  await sharer.setPaused('camera', false);
  await move();

  // Its stills come where it is left stills alone, in the place of what stands.
  await sharer.chooseBest({ ...best, up: 'stills' });
  await viewer.until(
    ({ held: now, stillsCame }) => camera in now && screen in now && (stillsCame[screen] ?? 0) > 0,
    60_000,
  );
  await sharer.chooseBest(best);
  await move();
  expect((await viewer.state()).stills).toEqual([]);
}, 300_000);
