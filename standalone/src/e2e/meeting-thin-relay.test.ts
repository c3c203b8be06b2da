import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rank } from '@sightline/contracts';
import {
  makeOrder,
  openTestMedia,
  signSeat,
  steered,
  type TestMedia,
} from '@sightline/media-server/testing';
import { filmedCamera } from '@sightline/look/testing';
import { writeBusyFilm } from './testing/busy-film.ts';
import { freePortBase, openPlace } from './testing/fixture.ts';
import { openLoopbackRelay, whyNoRelay } from './testing/loopback-relay.ts';
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
let media: TestMedia;

let order = makeOrder(1);
const { chair, meetingId } = order.control;
const [venue = ''] = order.venues;
const chairVoice = `${chair} microphone`;
const venueVoice = `${venue} microphone`;
const stepMs = 90_000;
/** A word arrives within it, or the link starves. */
const wordMs = 20_000;

const reason = whyNoRelay('meeting-thin-relay');

describe.skipIf(reason !== null)('a village behind a relay by TCP', () => {
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
    media = owned.use(
      await openTestMedia({
        port: signalPort,
        rtc: { ip: '127.0.0.1', ports: { min: rtcPort, max: rtcPort }, announced: null },
        turn: {
          urls: [`turn:127.0.0.1:${throughRelay}?transport=tcp`],
          secretFile: relay.secretFile,
        },
      }),
    );
    const flags = filmedCamera(await writeBusyFilm(place.dir, 7));
    const pages = owned.use(await openMeetingPages({ flags }));
    order = steered(order, { onAir: [venue] });
    media.centre.order(order);
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

  test.each([{ kbps: 60 }, { kbps: 30 }])(
    'at $kbps kbit/s both directions step down, its connection lives, words arrive, and the voice goes on',
    async ({ kbps }) => {
      const before = await venuePage.state();
      link.setRate(kbps);
      const isDown = ({ own }: PageState): boolean =>
        own !== null && rank(own.down) >= rank('stills') && rank(own.up) >= rank('stills');
      await venuePage.until(watched(isDown), stepMs);
      for (const turn of [1, 2, 3]) {
        const wordsMs = await passWords(`${kbps}, ${turn}`);
        process.stdout.write(`at ${kbps} kbit/s words took ${JSON.stringify(wordsMs)} ms\n`);
      }
      for (const [seat, voice] of [
        [venuePage, chairVoice],
        [chairPage, venueVoice],
      ] as const) {
        const heard = (state: PageState) => state.heard[voice] ?? 0;
        const now = heard(await seat.state());
        await seat.until(
          watched((state) => heard(state) > now + 3),
          stepMs,
        );
      }
      expect(await venuePage.state()).toMatchObject({ joinMs: before.joinMs, phase: 'in' });
      expect(seen.filter((step) => !step.startsWith('in'))).toEqual([]);
    },
    300_000,
  );

  test('when the link is good again it climbs back to the best', async () => {
    link.setRate(null);
    const isBest = ({ own }: PageState) => own?.down === 'video-300' && own.up === 'video-300';
    await venuePage.until(watched(isBest), 200_000).finally(() => {
      process.stdout.write(`${seen.join('\n')}\n`);
    });
    const camera = `${chair} camera`;
    const before = (await venuePage.state()).frames[camera] ?? 0;
    await venuePage.until((state) => (state.frames[camera] ?? 0) > before + 20, stepMs);
  }, 340_000);
});

const seen: string[] = [];

/** Every step of the venue's link is kept while something of it is waited for. */
function watched(is: (state: PageState) => boolean): (state: PageState) => boolean {
  return (state) => {
    const { own, phase } = state;
    const step = `${phase} down ${own?.down} (${own?.downReason}), up ${own?.up} (${own?.upReason})`;
    if (seen.at(-1) !== step) seen.push(step);
    return is(state);
  };
}

/** A line each way, a hand and an act of the chair: how long each took, milliseconds. */
async function passWords(at: string) {
  return {
    lineUp: await timed(async () => {
      expect(await venuePage.say(`up ${at}`)).toBeNull();
      await chairPage.until(({ lines }) => lines.includes(`up ${at}`), wordMs);
    }),
    hand: await timed(async () => expect(await venuePage.raiseHand(true)).toBeNull()),
    lineDown: await timed(async () => {
      expect(await chairPage.say(`down ${at}`)).toBeNull();
      await venuePage.until(({ lines }) => lines.includes(`down ${at}`), wordMs);
    }),
    control: await timed(async () => {
      const hands = order.control.hands.length === 0 ? [venue] : [];
      order = steered(order, { hands });
      media.centre.order(order);
      await venuePage.until(({ room }) => room?.control.hands.length === hands.length, wordMs);
    }),
  };
}

async function timed(act: () => Promise<void>): Promise<number> {
  const fromMs = performance.now();
  await act();
  return Math.round(performance.now() - fromMs);
}
