import { afterAll, beforeAll, expect, test } from 'vitest';
import { rank, tiers, type Tier } from '@sightline/contracts';
import {
  makeOrder,
  openTestMedia,
  signSeat,
  steered,
  type TestMedia,
} from '@sightline/media-server/testing';
import { filmedCamera } from '@sightline/look/testing';
import { writeBusyFilm } from './testing/busy-film.ts';
import { freePortBase, openPlace, type Place } from './testing/fixture.ts';
import { openMeetingPages, type MeetingPages, type SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';
import { openThrottledLink, type ThrottledLink } from './testing/throttled-link.ts';

let place: Place;
let media: TestMedia;
let pages: MeetingPages;
let link: ThrottledLink;
let chairPage: SeatPage;
let venuePage: SeatPage;

let order = makeOrder(1);
const { chair, meetingId } = order.control;
const [venue = ''] = order.venues;

beforeAll(async () => {
  const port = await freePortBase();
  const rtc = { ip: '127.0.0.1', ports: { min: port, max: port }, announced: null };
  place = await openPlace();
  const flags = filmedCamera(await writeBusyFilm(place.dir, 42));
  [media, pages] = await Promise.all([openTestMedia({ rtc }), openMeetingPages({ flags })]);
  const signalPort = Number(new URL(media.url).port);
  link = await openThrottledLink({ udpPort: port, tcpPorts: [signalPort, port], seed: 42 });
  const [throughSignal = 0, throughTcp = 0] = link.tcpPorts;
  steer({ onAir: [venue] });
  chairPage = await pages.open(media.url, signSeat({ meetingId, seatId: chair }));
  venuePage = await pages.open(
    `http://127.0.0.1:${throughSignal}`,
    signSeat({ meetingId, seatId: venue }),
    { link: { udpPort: link.udpPort, tcpPort: throughTcp } },
  );
  for (const seat of [chairPage, venuePage]) {
    await seat.until(({ phase }) => phase === 'in', 30_000);
    expect(await seat.sendAll()).toEqual([null, null]);
  }
}, 180_000);
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
  await link[Symbol.asyncDispose]();
  await media[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

function steer(control: Parameters<typeof steered>[1]): void {
  order = steered(order, control);
  media.centre.order(order);
}

const seen: { readonly step: string; readonly atMs: number }[] = [];

/** Every step of the venue's link is kept while something of it is waited for. */
function watched(is: (state: PageState) => boolean): (state: PageState) => boolean {
  return (state) => {
    const { own } = state;
    if (own === null) return is(state);
    const step = `down ${own.down} (${own.downReason}), up ${own.up} (${own.upReason})`;
    if (seen.at(-1)?.step !== step) seen.push({ step, atMs: performance.now() });
    return is(state);
  };
}

const stands = (down: Tier, up: Tier) => (state: PageState) =>
  state.own?.down === down && state.own.up === up;
const stepMs = 90_000;
/** A voice that goes on is not away for so long, whatever is tried beside it. */
const silenceMs = 12_000;
const chairVoice = `${chair} microphone`;
const venueVoice = `${venue} microphone`;

test('a venue on a good link is seen and heard at the best tier', async () => {
  await venuePage.until(watched(stands('video-300', 'video-300')), stepMs);
  await chairPage.until((state) => (state.frames[`${venue} camera`] ?? 0) > 20, stepMs);
  await venuePage.until(
    watched((state) => (state.heard[chairVoice] ?? 0) > 5),
    stepMs,
  );
}, 240_000);

const steps: readonly { readonly kbps: number; readonly atMost: Tier }[] = [
  { kbps: 200, atMost: 'video-128' },
  { kbps: 80, atMost: 'stills' },
  { kbps: 30, atMost: 'audio' },
  { kbps: 8, atMost: 'text' },
];

test.each(steps)(
  'at $kbps kbit/s it falls to $atMost, says why, and is never silently black',
  async ({ kbps, atMost }) => {
    link.setRate(kbps);
    const isDown = ({ own }: PageState) =>
      own !== null && rank(own.down) >= rank(atMost) && rank(own.up) >= rank(atMost);
    const fallen = await venuePage.until(watched(isDown), stepMs);
    expect(fallen.own?.downReason).not.toBe('good');
    if (atMost === 'stills') {
      await venuePage.until(
        watched(({ stills }) => stills.includes(chair)),
        stepMs,
      );
      await chairPage.until(({ stills }) => stills.includes(venue), stepMs);
      await sharedAsStills();
    }
    if (kbps >= 30) {
      const silences = await Promise.all([
        longestSilence(venuePage, chairVoice),
        longestSilence(chairPage, venueVoice),
      ]);
      process.stdout.write(`at ${kbps} kbit/s no longer silence than ${silences.join(', ')} ms\n`);
      expect(Math.max(...silences)).toBeLessThan(silenceMs);
    }
  },
  300_000,
);

/** The longest time in which nothing was heard of a voice that beeps every second, in half a minute; milliseconds. */
async function longestSilence(seat: SeatPage, voice: string): Promise<number> {
  const untilMs = performance.now() + 30_000;
  let heard = -1;
  let lastMs = performance.now();
  let longestMs = 0;
  await seat.until((state) => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    const count = state.heard[voice] ?? 0;
    if (count > heard) lastMs = nowMs;
    heard = count;
    return nowMs > untilMs;
  }, stepMs);
  return Math.round(longestMs);
}

/** A screen that the chair shares now comes again and again, picture by picture, beside its camera. */
async function sharedAsStills(): Promise<void> {
  steer({ screen: chair });
  await chairPage.until(({ room }) => room?.control.screen === chair);
  expect(await chairPage.shareScreen()).toBeNull();
  const screen = `${chair} screen`;
  const isSeen = ({ stillsCame }: PageState) => (stillsCame[screen] ?? 0) >= 2;
  const { frames } = await venuePage.until(watched(isSeen), stepMs);
  process.stdout.write(`a shared screen came as stills, and in ${frames[screen] ?? 0} frames\n`);
  steer({ screen: null });
}

test('when the link is good again it climbs back, a step at a time, to the best', async () => {
  link.setRate(null);
  await venuePage.until(watched(stands('video-300', 'video-300')), 200_000);
  const before = (await venuePage.state()).frames[`${chair} camera`] ?? 0;
  await venuePage.until(
    watched((state) => (state.frames[`${chair} camera`] ?? 0) > before + 20),
    stepMs,
  );
  for (const direction of ['down', 'up']) {
    const passed = new Set(
      seen.map(({ step }) => new RegExp(`${direction} (\\S+)`).exec(step)?.[1]),
    );
    expect([direction, ...tiers.filter((tier) => passed.has(tier))]).toEqual([direction, ...tiers]);
  }
  for (const { step, atMs } of seen)
    process.stdout.write(`${(atMs / 1000).toFixed(0)} s: ${step}\n`);
}, 340_000);
