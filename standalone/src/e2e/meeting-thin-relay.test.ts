import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rank } from '@sightline/contracts';
import { openTestMedia } from '@sightline/media-server/testing';
import { freePortBase, openPlace } from './testing/fixture.ts';
import { openLoopbackRelay, whyNoRelay } from './testing/loopback-relay.ts';
import type { PageState } from './testing/meeting-page/meeting-page.ts';
import { openThinVenue, stepMs, type ThinVenue } from './testing/thin-venue.ts';
import { openThrottledLink, type ThrottledLink } from './testing/throttled-link.ts';

/*
 * A village whose network lets nothing through but TCP to a relay: media and signalling share one thin wire, and
 * nothing is ever lost on it, only late.
 */

const owned = new AsyncDisposableStack();
let link: ThrottledLink;
let seats: ThinVenue;

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
    const media = owned.use(
      await openTestMedia({
        port: signalPort,
        rtc: { ip: '127.0.0.1', ports: { min: rtcPort, max: rtcPort }, announced: null },
        turn: {
          urls: [`turn:127.0.0.1:${throughRelay}?transport=tcp`],
          secretFile: relay.secretFile,
        },
      }),
    );
    seats = owned.use(
      await openThinVenue({
        media,
        throughUrl: `http://127.0.0.1:${throughSignal}`,
        way: { isRelayed: true },
        seed: 7,
      }),
    );
  }, 180_000);
  afterAll(() => owned[Symbol.asyncDispose]());

  test('through the relay it is seen and heard at the best tier', async () => {
    const { venuePage } = seats;
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
      const { chair, venue, chairPage, venuePage, watched } = seats;
      link.setRate(kbps);
      const isDown = ({ own }: PageState): boolean =>
        own !== null && rank(own.down) >= rank('stills') && rank(own.up) >= rank('stills');
      await venuePage.until(watched(isDown), stepMs);
      for (const turn of [1, 2, 3]) {
        const wordsMs = await passWords(`${kbps}, ${turn}`);
        process.stdout.write(`at ${kbps} kbit/s words took ${JSON.stringify(wordsMs)} ms\n`);
      }
      for (const [seat, voice] of [
        [venuePage, `${chair} microphone`],
        [chairPage, `${venue} microphone`],
      ] as const) {
        const heard = (state: PageState) => state.heard[voice] ?? 0;
        const now = heard(await seat.state());
        await seat.until(
          watched((state) => heard(state) > now + 3),
          stepMs,
        );
      }
      expect(await venuePage.state()).toMatchObject({ timesIn: 1, phase: 'in' });
    },
    300_000,
  );

  test('when the link is good again it climbs back to the best', async () => {
    const { chair, venuePage, watched, seen } = seats;
    link.setRate(null);
    const isBest = ({ own }: PageState) => own?.down === 'video-300' && own.up === 'video-300';
    await venuePage.until(watched(isBest), 200_000).finally(() => {
      for (const { phase, step } of seen) process.stdout.write(`${phase}: ${step}\n`);
    });
    const camera = `${chair} camera`;
    const before = (await venuePage.state()).frames[camera] ?? 0;
    await venuePage.until((state) => (state.frames[camera] ?? 0) > before + 20, stepMs);
  }, 340_000);
});

/** A line each way, a hand and an act of the chair: how long each took, milliseconds. */
async function passWords(at: string) {
  const { venue, chairPage, venuePage, steer } = seats;
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
      const { room: before } = await venuePage.state();
      const hands = before?.control.hands.length === 0 ? [venue] : [];
      steer({ hands });
      await venuePage.until(({ room }) => room?.control.hands.length === hands.length, wordMs);
    }),
  };
}

async function timed(act: () => Promise<void>): Promise<number> {
  const fromMs = performance.now();
  await act();
  return Math.round(performance.now() - fromMs);
}
