import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  makeOrder,
  openTestMedia,
  signSeat,
  steered,
  workerPids,
  type TestMedia,
} from '@sightline/media-server/testing';
import { openMeetingPages, type MeetingPages, type SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';

let media: TestMedia;
let pages: MeetingPages;
beforeAll(async () => {
  [media, pages] = await Promise.all([openTestMedia(), openMeetingPages()]);
}, 180_000);
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
  await media[Symbol.asyncDispose]();
});

const sees =
  (seatId: string, from = 0) =>
  (state: PageState) =>
    (state.frames[`${seatId} camera`] ?? 0) > from + 10;
const hears = (seatId: string) => (state: PageState) =>
  (state.loud[`${seatId} microphone`] ?? 0) > 0.01;

describe('three pages in one room', () => {
  const base = makeOrder(3);
  const { chair, meetingId } = base.control;
  const [first = '', second = '', late = ''] = base.venues;
  let order = steered(base, { isLocked: true, onAir: [first] });
  let chairPage: SeatPage;
  let firstPage: SeatPage;
  let secondPage: SeatPage;
  const steer = (change: Parameters<typeof steered>[1]) => {
    order = steered(order, change);
    media.centre.order(order);
  };
  const join = async (seatId: string) => {
    const seat = await pages.open(media.url, signSeat({ meetingId, seatId }));
    await seat.until(({ phase }) => phase === 'in');
    return seat;
  };

  test('see and hear who is on the air; whoever may not speak is refused', async () => {
    media.centre.order(order);
    chairPage = await join(chair);
    firstPage = await join(first);
    secondPage = await join(second);
    expect(await chairPage.sendAll()).toEqual([null, null]);
    expect(await firstPage.sendAll()).toEqual(['not-allowed', null]);
    await secondPage.until((state) => sees(first)(state) && sees(chair)(state));
    await secondPage.until(hears(chair));
    await chairPage.until(sees(first));
    expect(await firstPage.setPaused('microphone', false)).toBe('not-allowed');
    expect(hears(first)(await secondPage.state())).toBe(false);
  }, 120_000);

  test('hear a village that was given the floor, and no longer when it was taken', async () => {
    steer({ floor: [first] });
    await firstPage.until(({ room }) => room?.control.floor.includes(first) === true);
    expect(await firstPage.setPaused('microphone', false)).toBeNull();
    await secondPage.until(hears(first));
    await chairPage.until(hears(first));
    steer({ floor: [] });
    await firstPage.until(({ sending }) => sending.microphone === 'stopped');
    expect(await firstPage.setPaused('microphone', false)).toBe('not-allowed');
  }, 120_000);

  test('a late joiner sees the venue on the air', async () => {
    const latePage = await join(late);
    await latePage.until((state) => sees(first)(state) && hears(chair)(state));
    await latePage.page.close();
  }, 120_000);

  test('after a kill -9 of the worker pictures are back without a click', async () => {
    steer({ floor: [first], hands: [second] });
    await firstPage.until(({ room }) => room?.control.floor.includes(first) === true);
    const before = (await secondPage.state()).frames[`${chair} camera`] ?? 0;
    const killedMs = performance.now();
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL');
    const back = await secondPage.until(sees(chair, before));
    const seconds = (performance.now() - killedMs) / 1000;
    process.stdout.write(`pictures were back ${seconds.toFixed(1)} s after the worker's death\n`);
    expect(seconds).toBeLessThan(15);
    expect(back.room?.control).toEqual(order.control);
    await chairPage.until(({ room }) => room?.presentCount === 3);
  }, 120_000);

  test('after a restart of the media server they enter again by themselves', async () => {
    const before = (await secondPage.state()).frames[`${chair} camera`] ?? 0;
    const stoppedMs = performance.now();
    await media.stop();
    await secondPage.until(({ phase }) => phase === 'away');
    await media.start();
    await secondPage.until(sees(chair, before), 45_000);
    const seconds = (performance.now() - stoppedMs) / 1000;
    process.stdout.write(`pictures were back ${seconds.toFixed(1)} s after the server's stop\n`);
    await chairPage.until(({ room }) => room?.presentCount === 3);
  }, 120_000);

  test('are over when the meeting ends', async () => {
    media.centre.end(meetingId);
    await secondPage.until(({ phase, over }) => phase === 'over' && over?.why === 'ended');
  }, 120_000);
});
