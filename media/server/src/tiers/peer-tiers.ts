import {
  startTier,
  type SeatId,
  type SeatLink,
  type Tier,
  type TierState,
} from '@sightline/contracts';

/** How both directions of one seat's link stand. */
export class PeerTiers {
  up: TierState;
  down: TierState;
  /** What the venue chose itself, or its camera gives. */
  bestUp: Tier = 'video-300';
  bestDown: Tier = 'video-300';

  constructor(nowMs: number) {
    this.up = startTier(nowMs);
    this.down = startTier(nowMs);
  }

  /** The same link, entered anew: what was learnt of it stays. */
  inherit(former: PeerTiers): void {
    this.up = former.up;
    this.down = former.down;
    this.bestUp = former.bestUp;
    this.bestDown = former.bestDown;
  }

  link(seatId: SeatId): SeatLink {
    const { up, down } = this;
    return { seatId, up: up.tier, upReason: up.reason, down: down.tier, downReason: down.reason };
  }
}
