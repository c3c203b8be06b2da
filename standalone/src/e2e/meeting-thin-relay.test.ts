import { afterAll, beforeAll, expect, test } from 'vitest';
import { rank } from '@sightline/contracts';
import {
  makeOrder,
  openTestMedia,
  signSeat,
  type TestMedia,
} from '@sightline/media-server/testing';
import { freePortBase, openPlace } from './testing/fixture.ts';
import { openLoopbackRelay } from './testing/loopback-relay.ts';
import { openMeetingPages, type SeatPage } from './testing/meeting-pages.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';
import { openThrottledLink, type ThrottledLink } from './testing/throttled-link.ts';

/*
 * A village whose network lets nothing through but TCP to a relay: media and signalling share one thin wire, and
 * nothing is ever lost on it, only late.
 */

const owned = new AsyncDisposableStack();
let link: ThrottledLink;
let chairPage: SeatPage;
let venuePage: SeatPage;

const order = makeOrder(1);
const { chair, meetingId } = order.control;
const [venue = ''] = order.venues;
const chairVoice = `${chair} microphone`;
const venueVoice = `${venue} microphone`;
const stepMs = 90_000;

beforeAll(async () => {
  const base = await freePortBase();
  const [signalPort, rtcPort, relayPort] = [base, base + 1, base + 2];
  const place = owned.use(await openPlace());
  const relay = owned.use(
    await openLoopbackRelay({
      dir: place.dir,
      port: relayPort,
      relayPorts: { min: base + 3, max: base + 9 },
    }),
  );
  link = owned.use(
    await openThrottledLink({ udpPort: rtcPort, tcpPorts: [signalPort, relayPort], seed: 7 }),
  );
  const [throughSignal, throughRelay] = link.tcpPorts;
  const media: TestMedia = owned.use(
    await openTestMedia({
      port: signalPort,
      rtc: { ip: '127.0.0.1', ports: { min: rtcPort, max: rtcPort }, announced: null },
      turn: {
        urls: [`turn:127.0.0.1:${throughRelay}?transport=tcp`],
        secretFile: relay.secretFile,
      },
    }),
  );
  const pages = owned.use(await openMeetingPages());
  media.centre.order({ ...order, control: { ...order.control, onAir: [venue] } });
  chairPage = await pages.open(media.url, signSeat({ meetingId, seatId: chair }));
  venuePage = await pages.open(
    `http://127.0.0.1:${throughSignal}`,
    signSeat({ meetingId, seatId: venue }),
    { isRelayed: true },
  );
  for (const seat of [chairPage, venuePage]) {
    await seat.until(({ phase }) => phase === 'in', 30_000);
    expect(await seat.sendAll()).toEqual([null, null]);
  }
}, 180_000);
afterAll(() => owned[Symbol.asyncDispose]());

test('through the relay it is seen and heard at the best tier', async () => {
  await venuePage.until(
    ({ own }) => own?.down === 'video-300' && own.up === 'video-300',
    2 * stepMs,
  );
  const paths = await venuePage.paths();
  expect(paths.map(({ relayedOver }) => relayedOver)).toEqual(['tcp', 'tcp']);
}, 240_000);

test('at 60 kbit/s both directions step down, the connection it is told by lives, and the voice goes on', async () => {
  const before = await venuePage.state();
  link.setRate(60);
  const seen: string[] = [];
  let awayCount = 0;
  const isDown = ({ own, phase }: PageState): boolean => {
    if (phase !== 'in') awayCount += 1;
    const step = `${phase} ${own?.down} (${own?.downReason}) ${own?.up} (${own?.upReason})`;
    if (seen.at(-1) !== step) seen.push(step);
    return own !== null && rank(own.down) >= rank('stills') && rank(own.up) >= rank('stills');
  };
  try {
    await venuePage.until(isDown, stepMs);
  } finally {
    process.stdout.write(`${seen.join(', ')}\n`);
  }
  expect(awayCount).toBe(0);
  expect(await venuePage.state()).toMatchObject({ joinMs: before.joinMs, phase: 'in' });
  for (const [seat, voice] of [
    [venuePage, chairVoice],
    [chairPage, venueVoice],
  ] as const) {
    const heard = (state: PageState) => state.heard[voice] ?? 0;
    const now = heard(await seat.state());
    await seat.until((state) => heard(state) > now + 3, stepMs);
  }
}, 240_000);
