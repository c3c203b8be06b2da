import type { types } from 'mediasoup';
import type { Peer } from '#rooms/peer.ts';
import { Growth, type Counted } from './growth.ts';
import { isHeldBack } from './is-held-back.ts';
import type { PeerSample } from './peer-sample.ts';
import { StreamReports, type Reported } from './stream-reports.ts';

/** What was counted at one seat before; made anew with each entry. */
export class PeerCounts {
  #atMs: number;
  /** A producer begins with its seat's sending: whatever it counted came since. */
  readonly #came = new Growth({ countsNew: true });
  readonly #down = new StreamReports();
  readonly #up = new StreamReports();
  /** A consumer that flows again brings what it counted before. */
  readonly #sentPictures = new Growth({ countsNew: false });
  readonly #sentVoices = new Growth({ countsNew: false });
  #bytesBack = 0;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /** Asks the worker. Throws where it died. */
  async measure(peer: Peer, now: () => number): Promise<PeerSample> {
    const onAir = [...peer.sending.onAir()];
    const flowing = peer.receiving.consumers.filter(({ paused }) => !paused);
    const pictures = flowing.filter(({ kind }) => kind === 'video');
    const voices = flowing.filter(({ kind }) => kind === 'audio');
    const [up, down, sentPictures, sentVoices] = await Promise.all([
      Promise.all(onAir.map(({ producer }) => countCame(producer))),
      peer.transports.receive.getStats(),
      Promise.all(pictures.map(countSent)),
      Promise.all(voices.map(countSent)),
    ]);
    const fromMs = this.#atMs;
    this.#atMs = now();
    const came = this.#came.next(up);
    const [link] = down;
    const bytesBack = link?.bytesReceived ?? 0;
    const hasEcho = bytesBack > this.#bytesBack;
    this.#bytesBack = bytesBack;
    const availableBps = link?.availableOutgoingBitrate;
    const nowMs = this.#atMs;
    const { tiers, sending } = peer;
    const back = { nowMs, backMs: sending.delays.queueMs() };
    const reported = this.#down.next([...sentPictures, ...sentVoices], tiers.down, back);
    return {
      fromMs,
      untilMs: this.#atMs,
      packets: came.packets,
      came: onAir.filter(({ producer }) => came.ids.has(producer.id)).map(({ source }) => source),
      upLossShare: share(came.lost, came.packets),
      downKbps:
        availableBps !== undefined && pictures.some(isHeldBack) ? availableBps / 1000 : null,
      downLossShare: reported.lossShare,
      upDelay: this.#up.next(sending.delays.told(), tiers.up, { nowMs }).delay,
      isTimed: peer.isWebRtc,
      downDelay: reported.delay,
      sent: {
        pictures: this.#sentPictures.next(sentPictures).packets,
        voices: this.#sentVoices.next(sentVoices).packets,
      },
      isOpen: peer.isConnected,
      isEchoed: isEchoed(peer),
      hasEcho,
    };
  }
}

/** Whether reports or keep-alives should come back: something flows, or the way for it was never opened. */
function isEchoed({ isWebRtc, isConnected, receiving: { consumers } }: Peer): boolean {
  if (!isWebRtc || consumers.length === 0) return false;
  return !isConnected || consumers.some(({ paused }) => !paused);
}

async function countCame(producer: types.Producer): Promise<Counted> {
  return added(producer.id, await producer.getStats());
}

async function countSent(consumer: types.Consumer): Promise<Reported> {
  const streams = (await consumer.getStats()).filter(({ type }) => type === 'outbound-rtp');
  // 0 until the first report: the worker measures to a fraction of a millisecond, so each next one differs.
  const report = Math.max(0, ...streams.map(({ roundTripTime = 0 }) => roundTripTime));
  return { ...added(consumer.id, streams), delayMs: report === 0 ? null : report, report };
}

function added(
  id: string,
  streams: readonly { readonly packetCount: number; readonly packetsLost: number }[],
): Counted {
  return {
    id,
    packets: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    lost: streams.reduce((sum, { packetsLost }) => sum + Math.max(0, packetsLost), 0),
  };
}

function share(lost: number, packets: number): number {
  return lost + packets === 0 ? 0 : lost / (lost + packets);
}
