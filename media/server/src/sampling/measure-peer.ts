import type { types } from 'mediasoup';
import type { Peer } from '#rooms/peer.ts';
import { LossWindow, type SentCount } from './loss-window.ts';
import type { PeerSample } from './peer-sample.ts';

interface Counted {
  readonly packets: number;
  readonly lost: number;
}

/** What was counted at one seat before; made anew with each entry. */
export class PeerCounts {
  #atMs: number;
  readonly #producers = new Map<string, Counted>();
  readonly #loss = new LossWindow();
  #bytesBack = 0;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /** Asks the worker. Throws where it died. */
  async measure(peer: Peer, now: () => number): Promise<PeerSample> {
    const producers = [...peer.sending.onAir()].map(({ producer }) => producer);
    const flowing = peer.receiving.consumers.filter(({ paused }) => !paused);
    const isPicture = flowing.some(({ kind }) => kind === 'video');
    const [up, down, sent] = await Promise.all([
      Promise.all(producers.map(async (producer) => [producer.id, await count(producer)] as const)),
      peer.transports.receive.getStats(),
      Promise.all(flowing.map(countSent)),
    ]);
    const fromMs = this.#atMs;
    this.#atMs = now();
    const grown = this.#grow(up);
    const [link] = down;
    const bytesBack = link?.bytesReceived ?? 0;
    const hasEcho = bytesBack > this.#bytesBack;
    this.#bytesBack = bytesBack;
    const availableBps = link?.availableOutgoingBitrate;
    return {
      fromMs,
      untilMs: this.#atMs,
      packets: grown.packets,
      upLossShare: share(grown.lost, grown.packets),
      downKbps: isPicture && availableBps !== undefined ? availableBps / 1000 : null,
      downLossShare: this.#loss.next(sent),
      isEchoed: isEchoed(peer),
      hasEcho,
    };
  }

  #grow(counted: readonly (readonly [string, Counted])[]): Counted {
    let packets = 0;
    let lost = 0;
    for (const [id, now] of counted) {
      const before = this.#producers.get(id) ?? { packets: 0, lost: 0 };
      packets += Math.max(0, now.packets - before.packets);
      lost += Math.max(0, now.lost - before.lost);
      this.#producers.set(id, now);
    }
    const alive = new Set(counted.map(([id]) => id));
    for (const id of this.#producers.keys()) if (!alive.has(id)) this.#producers.delete(id);
    return { packets, lost };
  }
}

/** Whether reports or keep-alives should come back: something flows, or the way for it was never opened. */
function isEchoed({ isWebRtc, isConnected, receiving: { consumers } }: Peer): boolean {
  if (!isWebRtc || consumers.length === 0) return false;
  return !isConnected || consumers.some(({ paused }) => !paused);
}

async function count(producer: types.Producer): Promise<Counted> {
  const streams = await producer.getStats();
  return {
    packets: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    lost: streams.reduce((sum, { packetsLost }) => sum + Math.max(0, packetsLost), 0),
  };
}

async function countSent(consumer: types.Consumer): Promise<SentCount> {
  const streams = (await consumer.getStats()).filter(({ type }) => type === 'outbound-rtp');
  return {
    id: consumer.id,
    sent: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
    lost: streams.reduce((sum, { packetsLost }) => sum + Math.max(0, packetsLost), 0),
  };
}

function share(lost: number, packets: number): number {
  return lost + packets === 0 ? 0 : lost / (lost + packets);
}
