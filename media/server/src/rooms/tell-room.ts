import { roomChange, type RoomWords } from '@sightline/contracts';
import type { Peer } from './peer.ts';

/** Says to each page what changed of its room since it was told last: on a thin link every byte is late. */
export class RoomTeller {
  readonly #known = new WeakMap<Peer, RoomWords>();

  /** The page was told all of it. */
  knows(peer: Peer, room: RoomWords): void {
    this.#known.set(peer, room);
  }

  /** Nothing is said to a page that was not told all yet, or knows it so already. */
  tell(peer: Peer, room: RoomWords): void {
    const known = this.#known.get(peer);
    if (known === undefined) return;
    const change = roomChange(known, room);
    this.#known.set(peer, room);
    if (change !== null) peer.tell('room', change);
  }
}
