import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { PeerCounts } from './measure-peer.ts';
import type { PeerSample } from './peer-sample.ts';

export interface SamplerDeps {
  readonly rooms: Rooms;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onSample: (room: Room, peer: Peer, sample: PeerSample) => void;
  /** All seats of a room were asked. */
  readonly onRound: (room: Room) => void;
}

/** Asks each second what every seat's link did, so many seats at once. */
export class Sampler implements Disposable {
  readonly #deps: SamplerDeps;
  readonly #counts = new WeakMap<Peer, PeerCounts>();
  readonly #timer: NodeJS.Timeout;
  #isBusy = false;

  constructor(deps: SamplerDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => {
      // A round that takes longer than a second is not overtaken.
      if (!this.#isBusy) void this.#round();
    }, limits.sample.everyMs);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #round(): Promise<void> {
    this.#isBusy = true;
    try {
      for (const room of this.#deps.rooms.all()) {
        const peers = [...room.peers.values()].filter((peer) => !peer.isLost);
        for (let at = 0; at < peers.length; at += limits.sample.atOnce) {
          const some = peers.slice(at, at + limits.sample.atOnce);
          await Promise.all(some.map((peer) => this.#sample(room, peer)));
        }
        this.#deps.onRound(room);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async #sample(room: Room, peer: Peer): Promise<void> {
    const { now, log, onSample } = this.#deps;
    const counts = this.#counts.get(peer) ?? new PeerCounts(peer.sinceMs);
    this.#counts.set(peer, counts);
    try {
      const sample = await counts.measure(peer, now);
      if (!peer.isClosed) onSample(room, peer, sample);
    } catch (error) {
      // It left, or its worker died while it was asked.
      log.debug({ err: error }, 'A seat was not measured.');
    }
  }
}
