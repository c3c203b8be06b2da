import {
  carriesVideo,
  isChair,
  isOnTrial,
  leastKbps,
  tierNeedsKbps,
  tiers,
  rank,
  type SeatLink,
  type Tier,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import type { PeerSample } from '#sampling/peer-sample.ts';

/** Makes the tiers of all seats agree with what was measured, and says how links stand. */
export class Links {
  readonly #log: Logger;
  readonly #nowMs: () => number;
  /** What each seat was told last, and what its receiving side was set to. */
  readonly #told = new WeakMap<Peer, string>();
  readonly #applied = new WeakMap<Peer, Tier>();
  readonly #bounds = new WeakMap<Peer, string>();
  readonly #chairs = new WeakSet<Peer>();

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
    const changed: SeatLink[] = [];
    for (const peer of room.peers.values()) {
      const link = peer.tiers.link(peer.seatId);
      const text = JSON.stringify(link);
      if (this.#told.get(peer) === text) continue;
      this.#told.set(peer, text);
      changed.push(link);
      if (!isChair(room.rules, peer.seatId)) peer.tell('links', [link]);
    }
    const chair = room.peers.get(room.rules.control.chair);
    if (chair === undefined) return;
    const isNew = !this.#chairs.has(chair);
    this.#chairs.add(chair);
    if (isNew) {
      const all = [...room.peers.values()].map((peer) => peer.tiers.link(peer.seatId));
      chair.tell('links', all);
    } else if (changed.length > 0) chair.tell('links', changed);
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
