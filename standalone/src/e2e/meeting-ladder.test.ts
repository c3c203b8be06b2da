import { afterAll, beforeAll, expect, test } from 'vitest';
import { rank, tiers, type Tier } from '@sightline/contracts';
import {
  eventually,
  makeOrder,
  openTestMedia,
  signSeat,
  type TestMedia,
} from '@sightline/media-server/testing';
import { freePortBase } from './testing/fixture.ts';
import { openMeetingPages, type MeetingPages, type SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';
import { openThrottledLink, type ThrottledLink } from './testing/throttled-link.ts';

let media: TestMedia;
let pages: MeetingPages;
let link: ThrottledLink;
let chairPage: SeatPage;
let venuePage: SeatPage;

const order = makeOrder(1);
const { chair, meetingId } = order.control;
const [venue = ''] = order.venues;

beforeAll(async () => {
  const port = await freePortBase();
  const rtc = { ip: '127.0.0.1', ports: { min: port, max: port }, announced: null };
  [media, pages] = await Promise.all([openTestMedia({ rtc }), openMeetingPages()]);
  const signalPort = Number(new URL(media.url).port);
  link = await openThrottledLink({ udpPort: port, tcpPorts: [signalPort, port], seed: 42 });
  const [throughSignal = 0, throughTcp = 0] = link.tcpPorts;
  media.centre.order({ ...order, control: { ...order.control, onAir: [venue] } });
  chairPage = await pages.open(media.url, signSeat({ meetingId, seatId: chair }));
  venuePage = await pages.open(
    `http://127.0.0.1:${throughSignal}`,
    signSeat({ meetingId, seatId: venue }),
    { udpPort: link.udpPort, tcpPort: throughTcp },
  );
  for (const seat of [chairPage, venuePage]) {
    await until(seat, ({ phase }) => phase === 'in', 30_000);
    expect(await seat.sendAll()).toEqual([null, null]);
  }
}, 180_000);
afterAll(async () => {
  await pages[Symbol.asyncDispose]();
  await link[Symbol.asyncDispose]();
  await media[Symbol.asyncDispose]();
});

const seen: string[] = [];

async function until(
  seat: SeatPage,
  is: (state: PageState) => boolean,
  withinMs: number,
): Promise<PageState> {
  let last: PageState | null = null;
  return eventually(async () => {
    last = await seat.state();
    const { own } = last;
    if (seat === venuePage && own !== null) {
      const step = `down ${own.down} (${own.downReason}), up ${own.up} (${own.upReason})`;
      if (seen.at(-1) !== step) seen.push(step);
    }
    return is(last) ? last : undefined;
  }, withinMs).catch((cause: unknown) => {
    throw new Error(`The page is otherwise: ${JSON.stringify(last)}\n${seen.join('\n')}`, {
      cause,
    });
  });
}

const stands = (down: Tier, up: Tier) => (state: PageState) =>
  state.own?.down === down && state.own.up === up;
const stepMs = 90_000;
const chairVoice = `${chair} microphone`;
const venueVoice = `${venue} microphone`;

test('a venue on a good link is seen and heard at the best tier', async () => {
  await until(venuePage, stands('video-300', 'video-300'), stepMs);
  await until(chairPage, (state) => (state.frames[`${venue} camera`] ?? 0) > 20, stepMs);
  await until(venuePage, (state) => (state.heard[chairVoice] ?? 0) > 5, stepMs);
}, 240_000);

const steps: readonly { readonly kbps: number; readonly atMost: Tier; readonly atLeast: Tier }[] = [
  { kbps: 200, atMost: 'video-128', atLeast: 'video-64' },
  { kbps: 80, atMost: 'stills', atLeast: 'audio' },
  { kbps: 30, atMost: 'audio', atLeast: 'text' },
  { kbps: 8, atMost: 'text', atLeast: 'text' },
];

test.each(steps)(
  'at $kbps kbit/s it falls to $atMost, says why, and is never silently black',
  async ({ kbps, atMost }) => {
    link.setRate(kbps);
    const isDown = ({ own }: PageState) =>
      own !== null && rank(own.down) >= rank(atMost) && rank(own.up) >= rank(atMost);
    const fallen = await until(venuePage, isDown, stepMs);
    expect(fallen.own?.downReason).not.toBe('good');
    if (atMost === 'stills') {
      await until(venuePage, ({ stills }) => stills.includes(chair), stepMs);
      await until(chairPage, ({ stills }) => stills.includes(venue), stepMs);
    }
    if (kbps >= 30) {
      const before = await venuePage.state();
      const heardMore = (state: PageState) =>
        (state.heard[chairVoice] ?? 0) > (before.heard[chairVoice] ?? 0) + 3;
      await until(venuePage, heardMore, stepMs);
      const there = await chairPage.state();
      await until(
        chairPage,
        (state) => (state.heard[venueVoice] ?? 0) > (there.heard[venueVoice] ?? 0) + 3,
        stepMs,
      );
    }
  },
  300_000,
);

test('when the link is good again it climbs back, a step at a time, to the best', async () => {
  link.setRate(null);
  await until(venuePage, stands('video-300', 'video-300'), 240_000);
  const before = (await venuePage.state()).frames[`${chair} camera`] ?? 0;
  await until(venuePage, (state) => (state.frames[`${chair} camera`] ?? 0) > before + 20, stepMs);
  for (const direction of ['down', 'up']) {
    const passed = new Set(seen.map((step) => new RegExp(`${direction} (\\S+)`).exec(step)?.[1]));
    expect([direction, ...tiers.filter((tier) => passed.has(tier))]).toEqual([direction, ...tiers]);
  }
  process.stdout.write(`${seen.join('\n')}\n`);
}, 360_000);
