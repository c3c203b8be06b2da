import { afterAll, beforeAll, expect, test } from 'vitest';
import { rank, tiers, type Tier } from '@sightline/contracts';
import { openTestMedia } from '@sightline/media-server/testing';
import { freePortBase } from './testing/fixture.ts';
import type { SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';
import { openThinVenue, stepMs, type ThinVenue } from './testing/thin-venue.ts';
import { openThrottledLink, type ThrottledLink } from './testing/throttled-link.ts';

const owned = new AsyncDisposableStack();
let link: ThrottledLink;
let seats: ThinVenue;

beforeAll(async () => {
  const port = await freePortBase();
  const rtc = { ip: '127.0.0.1', ports: { min: port, max: port }, announced: null };
  const media = owned.use(await openTestMedia({ rtc }));
  const signalPort = Number(new URL(media.url).port);
  link = owned.use(
    await openThrottledLink({ udpPort: port, tcpPorts: [signalPort, port], seed: 42 }),
  );
  const [throughSignal = 0, throughTcp = 0] = link.tcpPorts;
  seats = owned.use(
    await openThinVenue({
      media,
      throughUrl: `http://127.0.0.1:${throughSignal}`,
      way: { link: { udpPort: link.udpPort, tcpPort: throughTcp } },
      seed: 42,
    }),
  );
}, 180_000);
afterAll(() => owned[Symbol.asyncDispose]());

const stands = (down: Tier, up: Tier) => (state: PageState) =>
  state.own?.down === down && state.own.up === up;
/** A voice that goes on is not away for so long, whatever is tried beside it. */
const silenceMs = 12_000;

test('a venue on a good link is seen and heard at the best tier', async () => {
  const { chair, venue, chairPage, venuePage, watched } = seats;
  await venuePage.until(watched(stands('video-300', 'video-300')), stepMs);
  await chairPage.until((state) => (state.frames[`${venue} camera`] ?? 0) > 20, stepMs);
  await venuePage.until(
    watched((state) => (state.heard[`${chair} microphone`] ?? 0) > 5),
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
    const { chair, venue, chairPage, venuePage, watched } = seats;
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
        longestSilence(venuePage, `${chair} microphone`),
        longestSilence(chairPage, `${venue} microphone`),
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
  const { chair, chairPage, venuePage, steer, watched } = seats;
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
  const { chair, venuePage, watched, seen } = seats;
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
