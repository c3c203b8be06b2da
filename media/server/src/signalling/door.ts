import { refuse, type Refusal, type SeatClaims } from '@sightline/contracts';
import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import { isLoopbackAddress } from '#http/loopback.ts';
import { limits } from '#limits.ts';
import type { SeatAllowance } from './seat-allowance.ts';
import { SeatVisitors, type SeatShed } from './seat-visitors.ts';

type Conn = Socket['conn'];

interface Known {
  readonly claims: SeatClaims;
  readonly allowance: SeatAllowance;
}

export interface DoorDeps {
  readonly log: Logger;
  readonly nowMs: () => number;
  /** A seat's pages do harm: told once for all they do until they have been quiet for a while. */
  readonly onShed: (shed: SeatShed) => void;
}

/**
 * What stands between a flood and the rooms: counts connections before they have said who they are, packets before
 * anybody reads them, and what comes from one seat. Who sends too much is cut off, and kept out for a moment.
 */
export class Door {
  readonly #deps: DoorDeps;
  readonly #seats: SeatVisitors;
  readonly #strangers = new Map<string, number>();
  readonly #known = new WeakMap<Conn, Known>();
  #strangerCount = 0;

  constructor(deps: DoorDeps) {
    this.#deps = deps;
    this.#seats = new SeatVisitors(deps.onShed);
  }

  /** Whether one more may come from an address, asked before its handshake is answered. */
  mayCome(address: string): boolean {
    if (this.#strangerCount >= limits.signal.strangers) return false;
    return (this.#strangers.get(address) ?? 0) < limits.signal.strangersPerAddress;
  }

  /** From now on everything that every connection sends is counted. */
  watch(io: Server): void {
    io.engine.on('connection', (conn: Conn) => {
      this.#countStranger(conn);
      this.#countPackets(conn);
      conn.once('close', (_reason: string, fault: unknown) => {
        const known = this.#known.get(conn);
        if (known !== undefined && isTooLarge(fault)) this.#shed(known.claims, 'frames');
      });
    });
  }

  /** The connection has shown a seat's token: what it may send. Refused where it did so before, or the seat's pages do harm. */
  admit(conn: Conn, claims: SeatClaims): Refusal | SeatAllowance {
    if (this.#known.has(conn)) {
      cut(conn);
      return tooFast();
    }
    const came = this.#seats.come(claims, { nowMs: this.#deps.nowMs(), leave: () => cut(conn) });
    if (came === null) return tooFast();
    const { allowance, gone } = came;
    this.#known.set(conn, { claims, allowance });
    this.#forgetStranger(conn);
    conn.once('close', gone);
    return allowance;
  }

  #countStranger(conn: Conn): void {
    const address = addressOf(conn);
    this.#strangerCount += 1;
    // A proxy on this machine stands for everybody behind it.
    if (!isLoopbackAddress(address))
      this.#strangers.set(address, (this.#strangers.get(address) ?? 0) + 1);
    conn.once('close', () => {
      if (!this.#known.has(conn)) this.#forgetStranger(conn);
    });
  }

  #forgetStranger(conn: Conn): void {
    this.#strangerCount -= 1;
    const address = addressOf(conn);
    const left = (this.#strangers.get(address) ?? 0) - 1;
    if (left > 0) this.#strangers.set(address, left);
    else this.#strangers.delete(address);
  }

  /** Asked before a packet is taken apart; what a cut connection sent besides is never looked at. */
  #countPackets(conn: Conn): void {
    const { nowMs } = this.#deps;
    let asStranger = 0;
    conn.on('packet', () => {
      const known = this.#known.get(conn);
      if (known === undefined) {
        asStranger += 1;
        if (asStranger > limits.signal.strangerPackets) cut(conn);
      } else if (!known.allowance.packets.take(nowMs())) {
        this.#shed(known.claims, 'requests');
        cut(conn);
      }
    });
  }

  #shed(claims: SeatClaims, why: SeatShed['why']): void {
    this.#deps.log.debug({ seatId: claims.seatId, why }, 'A page sends too much; it is dropped.');
    this.#seats.shed(claims, { why, nowMs: this.#deps.nowMs() });
  }
}

function tooFast(): Refusal {
  return refuse('too-fast', 'Too much came from this seat; come again in a while.');
}

/** The library says so of a frame whose head alone was read. */
function isTooLarge(fault: unknown): boolean {
  return fault instanceof Error && String(fault.message).includes('Max payload size exceeded');
}

function addressOf(conn: Conn): string {
  return conn.remoteAddress;
}

/** Ends a connection at once, and whatever of it was not read yet. */
export function cut(conn: Conn): void {
  conn.close(true);
  conn.request.socket.destroy();
}
