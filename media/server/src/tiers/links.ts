import {
  carriesVideo,
  isOnTrial,
  leastKbps,
  tierNeedsKbps,
  tiers,
  rank,
  type SeatId,
  type SeatLink,
  type Tier,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import { limits } from '#limits.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import type { PeerSample } from '#sampling/peer-sample.ts';

/** What a chair's page was told of the others, as it was written, and when it may be told more. */
interface ChairKnows {
  readonly links: Map<SeatId, string>;
  nextMs: number;
}

/** Makes the tiers of all seats agree with what was measured, and says how links stand. */
export class Links {
  readonly #log: Logger;
  readonly #nowMs: () => number;
  /** What each seat was told last of its own link, and what its receiving side was set to. */
  readonly #told = new WeakMap<Peer, string>();
  readonly #applied = new WeakMap<Peer, Tier>();
  readonly #bounds = new WeakMap<Peer, string>();
  readonly #chairs = new WeakMap<Peer, ChairKnows>();

  constructor(log: Logger, nowMs: () => number) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  learn(room: Room, peer: Peer, sample: PeerSample): void {
    const flowing = [...peer.sending.onAir()].filter(({ isFlowing }) => isFlowing);
    const hasSound = flowing.some(({ producer }) => producer.kind === 'audio');
    const hasPicture = flowing.some(({ producer }) => producer.kind === 'video');
    const nowMs = this.#nowMs();
    peer.tiers.learn(sample, { hasSound, hasPicture }, nowMs);
    const { down } = peer.tiers;
    void this.#bound(peer, { tier: down.tier, isTried: isOnTrial(down, nowMs) });
    if (this.#applied.get(peer) === down.tier) return;
    this.#applied.set(peer, down.tier);
    room.refresh(peer);
  }

  /** Tells each seat of its own link, and the chair of all that changed; a chair that just came, of all. */
  tell(room: Room): void {
    const links = [...room.peers.values()].map((peer) => peer.tiers.link(peer.seatId));
    for (const link of links) {
      const peer = room.peers.get(link.seatId);
      const text = JSON.stringify(link);
      if (peer === undefined || this.#told.get(peer) === text) continue;
      this.#told.set(peer, text);
      peer.tell('links', [link]);
    }
    const chair = room.peers.get(room.rules.control.chair);
    if (chair !== undefined) this.#tellChair(chair, links);
  }

  /** A chair on a thin link hears of others less often, all at once. */
  #tellChair(chair: Peer, links: readonly SeatLink[]): void {
    const nowMs = this.#nowMs();
    const known = this.#chairs.get(chair) ?? { links: new Map<SeatId, string>(), nextMs: 0 };
    this.#chairs.set(chair, known);
    if (nowMs < known.nextMs) return;
    const changed = links.filter((link) => {
      const text = JSON.stringify(link);
      const isNew = link.seatId !== chair.seatId && known.links.get(link.seatId) !== text;
      if (isNew) known.links.set(link.seatId, text);
      return isNew;
    });
    if (changed.length === 0) return;
    known.nextMs = nowMs + (carriesVideo(chair.tiers.down.tier) ? 0 : limits.rooms.thinLinksMs);
    chair.tell('links', changed);
  }

  /**
   * After a drop the worker's estimate overshoots: a weak link is sent little more than its next tier needs. And
   * it stands still where it lets nothing through to learn from: a picture that is tried is really sent.
   */
  async #bound(
    peer: Peer,
    { tier, isTried }: { readonly tier: Tier; readonly isTried: boolean },
  ): Promise<void> {
    const better = tiers[rank(tier) - 1];
    const mostBps = better === undefined ? 0 : Math.round(tierNeedsKbps[better] * 1.2) * 1000;
    const leastBps = isTried && carriesVideo(tier) ? Math.round(leastKbps(tier)) * 1000 : 0;
    const bounds = `${leastBps} ${mostBps}`;
    const { receive } = peer.transports;
    if (!peer.isWebRtc || this.#bounds.get(peer) === bounds) return;
    this.#bounds.set(peer, bounds);
    try {
      // Sent in this order, for a floor above the ceiling is refused; 0 = none.
      await Promise.all([
        receive.setMinOutgoingBitrate(0),
        receive.setMaxOutgoingBitrate(mostBps),
        receive.setMinOutgoingBitrate(leastBps),
      ]);
    } catch (error) {
      // It left, or its worker died: the next entry is set anew.
      this.#log.debug({ err: error }, 'A link was not bounded.');
    }
  }
}
