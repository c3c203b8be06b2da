import type { SeatClaims } from '@sightline/contracts';
import type { Peer, Tell } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { limits } from '#limits.ts';
import type { SeatAllowance } from './seat-allowance.ts';

/** One connection of one page, with the seat its token opened. */
export class Visit {
  readonly claims: SeatClaims;
  readonly allowance: SeatAllowance;
  readonly tell: Tell;
  readonly mayBePlain: boolean;
  readonly #rooms: Rooms;
  #peer: Peer | null = null;
  #isGone = false;

  constructor(
    {
      claims,
      allowance,
      tell,
      mayBePlain,
    }: Pick<Visit, 'claims' | 'allowance' | 'tell' | 'mayBePlain'>,
    rooms: Rooms,
  ) {
    this.claims = claims;
    this.allowance = allowance;
    this.tell = tell;
    this.mayBePlain = mayBePlain;
    this.#rooms = rooms;
  }

  get peer(): Peer | null {
    return this.#peer;
  }

  /** The room, looked up anew each time: it may have closed, the seat may have been removed. */
  room(): Room | null {
    const room = this.#rooms.get(this.claims.meetingId);
    return room?.rules.seats.has(this.claims.seatId) === true ? room : null;
  }

  /** False = the connection is gone already. */
  take(peer: Peer): boolean {
    if (this.#isGone) return false;
    this.#peer = peer;
    return true;
  }

  /** Something came over the connection, a heartbeat at least each few seconds. */
  heard(nowMs: number): void {
    if (this.#peer !== null) this.#peer.heardMs = nowMs;
  }

  /** The connection broke: its media stays a little, for the page comes back by itself. */
  gone(): void {
    this.#isGone = true;
    const peer = this.#peer;
    if (peer === null || peer.isClosed) return;
    peer.away();
    setTimeout(() => {
      if (!peer.isClosed) this.#rooms.get(this.claims.meetingId)?.leave(peer);
    }, limits.rooms.graceMs).unref();
  }
}
