import {
  meetingLimits,
  rank,
  refuse,
  signallingLimits,
  type Refusal,
  type SeatId,
  type SignalRequest,
} from '@sightline/contracts';
import { limits } from '#limits.ts';
import { Later } from '#rooms/later.ts';
import { onAirKey } from '#rooms/on-air.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import { gatherAir, watchable } from '#rooms/wants.ts';

/** Stills in the place of pictures a link cannot carry: asked for where somebody needs them, and passed on. */
export class Stills {
  readonly #nowMs: () => number;
  readonly #wanted = new WeakMap<Peer, readonly Peer[]>();
  readonly #lastMs = new WeakMap<Peer, number>();
  readonly #soon = new WeakMap<Room, Later>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Tells each seat whether somebody needs stills of it, where that changed. */
  review(room: Room): void {
    const viewers = viewersOf(room);
    for (const peer of room.peers.values()) {
      const now = viewers.get(peer.seatId) ?? [];
      const before = this.#wanted.get(peer) ?? [];
      this.#wanted.set(peer, now);
      const isWanted = now.length > 0;
      if (isWanted !== before.length > 0) peer.tell('stills-wanted', { isWanted });
    }
  }

  /** The same a little later, once for all who ask meanwhile: when another venue is put on the air, every page does. */
  reviewSoon(room: Room): void {
    const soon = this.#soon.get(room) ?? new Later(() => this.review(room), limits.rooms.tellMs);
    this.#soon.set(room, soon);
    soon.soon();
  }

  /** Passes a still on to those who need it; one that nobody needs any more is let go. */
  take(peer: Peer, { at, jpeg }: SignalRequest<'still'>): Refusal | object {
    if (!isJpeg(jpeg)) return refuse('malformed', 'A still is a JPEG.');
    if (jpeg.byteLength > meetingLimits.stillBytes) {
      return refuse('too-large', `A still has at most ${meetingLimits.stillBytes} bytes.`);
    }
    const nowMs = this.#nowMs();
    // The page's own clock may run a little fast.
    const isSoon =
      nowMs - (this.#lastMs.get(peer) ?? -Infinity) < signallingLimits.stillEveryMs * 0.5;
    if (isSoon) return refuse('too-fast', 'A still every few seconds is taken.');
    this.#lastMs.set(peer, nowMs);
    // Socket.IO sends a Buffer as bytes, and the page reads an ArrayBuffer.
    const bytes = jpeg as unknown as ArrayBuffer;
    for (const viewer of this.#wanted.get(peer) ?? []) {
      if (!viewer.isClosed) viewer.tell('still', { seatId: peer.seatId, at, jpeg: bytes });
    }
    return {};
  }
}

/** Who needs stills of whom: a viewer whose own link, or the seat's, carries no moving picture now. */
function viewersOf(room: Room): Map<SeatId, Peer[]> {
  const { byKey } = gatherAir(room.onAir());
  const viewers = new Map<SeatId, Peer[]>();
  for (const viewer of room.peers.values()) {
    const down = rank(viewer.tiers.down.tier);
    if (down > rank('stills')) continue;
    for (const target of watchable(room.rules, viewer)) {
      const up = room.peers.get(target)?.tiers.up.tier;
      const isNeeded = down === rank('stills') || up === 'stills';
      if (!isNeeded || byKey.get(onAirKey(target, 'camera'))?.isFlowing !== true) continue;
      viewers.set(target, [...(viewers.get(target) ?? []), viewer]);
    }
  }
  return viewers;
}

function isJpeg(value: unknown): value is Buffer {
  return Buffer.isBuffer(value) && value.length > 3 && value[0] === 0xff && value[1] === 0xd8;
}
