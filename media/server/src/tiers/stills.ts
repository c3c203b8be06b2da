import {
  carriesVideo,
  meetingLimits,
  pictureSources,
  rank,
  refuse,
  signallingLimits,
  type PictureSource,
  type Refusal,
  type SignalRequest,
} from '@sightline/contracts';
import { limits } from '#limits.ts';
import { Later } from '#rooms/later.ts';
import { onAirKey, type OnAirKey } from '#rooms/on-air.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import { gatherAir, picturesBefore, type Air } from '#rooms/wants.ts';
import { StillQueue, type StillPiece } from './still-queue.ts';

/** Viewers of a seat's pictures by stills. */
type Wanted = ReadonlyMap<PictureSource, readonly Peer[]>;

/** Stills in the place of pictures a link cannot carry: asked for where somebody needs them, and passed on. */
export class Stills {
  readonly #nowMs: () => number;
  readonly #wanted = new WeakMap<Peer, Wanted>();
  readonly #queues = new WeakMap<Peer, StillQueue>();
  readonly #lastMs = new WeakMap<Peer, Map<PictureSource, number>>();
  readonly #soon = new WeakMap<Room, Later>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Tells each seat whether somebody needs stills of it, where that changed. */
  review(room: Room): void {
    const air = gatherAir(room.onAir());
    const viewers = new Map<OnAirKey, Peer[]>();
    for (const viewer of room.peers.values()) {
      const needed = neededBy(viewer, room, air);
      this.#queues.get(viewer)?.keep(needed);
      for (const key of needed) viewers.set(key, [...(viewers.get(key) ?? []), viewer]);
    }
    for (const peer of room.peers.values()) {
      const now: Wanted = new Map(
        pictureSources.flatMap((source) => {
          const of = viewers.get(onAirKey(peer.seatId, source));
          return of === undefined ? [] : [[source, of]];
        }),
      );
      const before = [...(this.#wanted.get(peer)?.keys() ?? [])];
      this.#wanted.set(peer, now);
      const sources = [...now.keys()];
      if (sources.join() !== before.join()) peer.tell('stills-wanted', { sources });
    }
  }

  /** The same a little later, once for all who ask meanwhile: when another venue is put on the air, every page does. */
  reviewSoon(room: Room): void {
    const soon = this.#soon.get(room) ?? new Later(() => this.review(room), limits.rooms.tellMs);
    this.#soon.set(room, soon);
    soon.soon();
  }

  /** Passes a still on to those who need it; one that nobody needs any more is let go. */
  take(peer: Peer, { source, at, jpeg }: SignalRequest<'still'>): Refusal | object {
    if (!isJpeg(jpeg)) return refuse('malformed', 'A still is a JPEG.');
    const most = meetingLimits.stillBytes[source];
    if (jpeg.byteLength > most) {
      return refuse('too-large', `A still of a ${source} has at most ${most} bytes.`);
    }
    if (this.#isSoon(peer, source))
      return refuse('too-fast', 'A still every few seconds is taken.');
    for (const viewer of this.#wanted.get(peer)?.get(source) ?? []) {
      if (!viewer.isClosed) this.#queueOf(viewer).put({ seatId: peer.seatId, source, at, jpeg });
    }
    return {};
  }

  #isSoon(peer: Peer, source: PictureSource): boolean {
    const nowMs = this.#nowMs();
    const lastMs = this.#lastMs.get(peer) ?? new Map<PictureSource, number>();
    this.#lastMs.set(peer, lastMs);
    // The page's own clock may run a little fast.
    if (nowMs - (lastMs.get(source) ?? -Infinity) < signallingLimits.stillEveryMs * 0.5)
      return true;
    lastMs.set(source, nowMs);
    return false;
  }

  #queueOf(viewer: Peer): StillQueue {
    const known = this.#queues.get(viewer);
    if (known !== undefined) return known;
    const queue = new StillQueue(
      (piece) => tellStill(viewer, piece),
      () => paceFor(viewer),
    );
    this.#queues.set(viewer, queue);
    return queue;
  }
}

/** False = the page is gone, or as good as. */
function tellStill(viewer: Peer, piece: StillPiece): Promise<boolean> {
  if (viewer.isClosed || viewer.isAway) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const late = setTimeout(() => resolve(false), signallingLimits.requestMs);
  late.unref();
  // Socket.IO sends a Buffer as bytes, and the page reads an ArrayBuffer.
  viewer.tell('still', { ...piece, jpeg: piece.jpeg as unknown as ArrayBuffer }, () => {
    clearTimeout(late);
    resolve(true);
  });
  return promise;
}

/** Bytes a millisecond; a link that carries moving pictures has place for those of a weak seat. */
function paceFor({ tiers }: Peer): number {
  const perMs = signallingLimits.stillBytesPerSecond / 1000;
  return carriesVideo(tiers.down.tier) ? perMs * 4 : perMs;
}

/** Which pictures a viewer needs as stills: its own link, or the seat's, carries no moving ones now. */
function neededBy(viewer: Peer, room: Room, { byKey }: Air): ReadonlySet<OnAirKey> {
  const down = rank(viewer.tiers.down.tier);
  if (down > rank('stills')) return new Set();
  const needed = picturesBefore(room.rules, viewer).filter(([seatId, source]) => {
    const isWeak = down === rank('stills') || room.peers.get(seatId)?.tiers.up.tier === 'stills';
    return isWeak && byKey.get(onAirKey(seatId, source))?.isFlowing === true;
  });
  return new Set(needed.map((picture) => onAirKey(...picture)));
}

function isJpeg(value: unknown): value is Buffer {
  return Buffer.isBuffer(value) && value.length > 3 && value[0] === 0xff && value[1] === 0xd8;
}
