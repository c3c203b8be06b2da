import {
  carriesVideo,
  isPictureSource,
  type HeldPicture,
  type PictureSource,
  type RoomRules,
  type SeatId,
  type TierState,
} from '@sightline/contracts';
import { limits } from '#limits.ts';
import { onAirKey, type OnAir, type OnAirKey } from '#rooms/on-air.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Sending } from '#rooms/sending.ts';
import { picturesBefore } from '#rooms/wants.ts';
import type { PeerSample } from '#sampling/peer-sample.ts';

/** A seat of a room, as far as its pictures go. */
interface Seated extends Pick<Peer, 'seatId' | 'watch' | 'tell'> {
  readonly sending: Pick<Sending, 'onAir'>;
  readonly tiers: { readonly up: Pick<TierState, 'tier' | 'reason'> };
}

interface Seats {
  readonly rules: RoomRules;
  readonly peers: ReadonlyMap<SeatId, Seated>;
}

/** Times are of a monotonic clock. */
interface Seen {
  /** When packets of it came last. */
  readonly cameMs: number;
  /** When the last of it came that was seen; null = it comes. */
  readonly heldSinceMs: number | null;
}

interface Held extends Omit<HeldPicture, 'forMs'> {
  readonly sinceMs: number;
}

/** 画面未到. A picture of which nothing comes stands still at every viewer as if it were now: they are told so, and why. */
export class Holds {
  readonly #nowMs: () => number;
  readonly #seen = new WeakMap<Seated, ReadonlyMap<PictureSource, Seen>>();
  /** What each page was told last, as it was written. */
  readonly #told = new WeakMap<Seated, string>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** One second more of what a seat sends. */
  learn(peer: Seated, { came }: Pick<PeerSample, 'came'>): void {
    const before = this.#seen.get(peer);
    const nowMs = this.#nowMs();
    const seen = [...picturesOf(peer)].map(([source, onAir]) => {
      const known = before?.get(source) ?? { cameMs: nowMs, heldSinceMs: null };
      const second = { peer, source, onAir, nowMs, isComing: came.includes(source) };
      // A screen on which nothing moves is sent seldom: a camera that comes beside it proves the link.
      const isProven = source === 'screen' && came.includes('camera');
      return [source, seenOf(known, { ...second, isProven })] as const;
    });
    this.#seen.set(peer, new Map(seen));
  }

  /** Tells each page which of its pictures do not come, where that changed. */
  tell(room: Seats): void {
    const held = this.#heldIn(room);
    for (const viewer of room.peers.values()) {
      const own = picturesBefore(room.rules, viewer).flatMap(
        (picture) => held.get(onAirKey(...picture)) ?? [],
      );
      const text = JSON.stringify(own);
      if ((this.#told.get(viewer) ?? '[]') === text) continue;
      this.#told.set(viewer, text);
      const nowMs = this.#nowMs();
      const words = own.map(({ sinceMs, ...one }) => ({ ...one, forMs: nowMs - sinceMs }));
      viewer.tell('held', words);
    }
  }

  #heldIn(room: Seats): ReadonlyMap<OnAirKey, Held> {
    const held = new Map<OnAirKey, Held>();
    for (const peer of room.peers.values()) {
      for (const [source, onAir] of picturesOf(peer)) {
        const sinceMs = this.#seen.get(peer)?.get(source)?.heldSinceMs ?? null;
        if (sinceMs === null) continue;
        const { seatId } = peer;
        held.set(onAirKey(seatId, source), { seatId, source, ...whyHeld(peer, onAir), sinceMs });
      }
    }
    return held;
  }
}

interface Second {
  readonly peer: Seated;
  readonly source: PictureSource;
  readonly onAir: OnAir;
  readonly nowMs: number;
  readonly isComing: boolean;
  /** Something else that came in it says that the link carries pictures. */
  readonly isProven: boolean;
}

function seenOf(known: Seen, { peer, source, onAir, nowMs, isComing, isProven }: Second): Seen {
  if (isComing) return { cameMs: nowMs, heldSinceMs: null };
  const isLetOut = onAir.isFlowing && carriesVideo(peer.tiers.up.tier);
  if (isLetOut && isProven) return known;
  const quietMs = nowMs - known.cameMs;
  const isHeld = !isLetOut || quietMs >= limits.rooms.pictureQuietMs[source];
  // What stood still goes on standing until something of it comes.
  return isHeld ? { ...known, heldSinceMs: known.heldSinceMs ?? known.cameMs } : known;
}

/** The seat's own choice before its link; where its link is said to carry it, nothing comes all the same. */
function whyHeld(
  { tiers: { up } }: Seated,
  { isFlowing }: OnAir,
): Pick<Held, 'hasStills' | 'reason'> {
  if (!isFlowing) return { hasStills: false, reason: 'chosen' };
  if (carriesVideo(up.tier)) return { hasStills: false, reason: 'stalled' };
  return { hasStills: up.tier === 'stills', reason: up.reason };
}

/** Pictures of a seat that viewers have: what the server stopped they have no more. */
function* picturesOf(peer: Seated): Generator<readonly [PictureSource, OnAir]> {
  for (const onAir of peer.sending.onAir()) {
    if (isPictureSource(onAir.source) && !onAir.isStopped) yield [onAir.source, onAir];
  }
}
