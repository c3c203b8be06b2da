import type { SeatClaims, Shed } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { Bucket } from './bucket.ts';
import { SeatAllowance } from './seat-allowance.ts';

/** A seat whose pages did harm, and what they did first. */
export interface SeatShed extends Pick<Shed, 'why'> {
  readonly claims: SeatClaims;
}

interface Visitors {
  /** Of each connection, oldest first: ends it. */
  readonly leaves: Set<() => void>;
  readonly comes: Bucket;
  readonly allowance: SeatAllowance;
  /** Nobody is let in before. */
  shutUntilMs: number;
  /** What is done before belongs to what was told. */
  toldUntilMs: number;
}

/** Who comes for each seat: how many at once, how often, what they may send together, and whether they did harm. */
export class SeatVisitors {
  readonly #onShed: (shed: SeatShed) => void;
  readonly #seats = new Map<string, Visitors>();

  constructor(onShed: (shed: SeatShed) => void) {
    this.#onShed = onShed;
  }

  /** One more connection; null = not now. The oldest goes where there are too many: a page that was opened anew wins. */
  come(
    claims: SeatClaims,
    { nowMs, leave }: { readonly nowMs: number; readonly leave: () => void },
  ): { readonly gone: () => void; readonly allowance: SeatAllowance } | null {
    const visitors = this.#of(claims, nowMs);
    if (nowMs < visitors.shutUntilMs) return null;
    if (!visitors.comes.take(nowMs)) {
      this.shed(claims, { why: 'connections', nowMs });
      return null;
    }
    visitors.leaves.add(leave);
    const [oldest] = visitors.leaves;
    if (visitors.leaves.size > limits.signal.perSeat) oldest?.();
    const { allowance } = visitors;
    return { allowance, gone: () => visitors.leaves.delete(leave) };
  }

  /** Keeps the seat shut for a while; told where it was quiet for long before. */
  shed(
    claims: SeatClaims,
    { why, nowMs }: { readonly why: Shed['why']; readonly nowMs: number },
  ): void {
    const visitors = this.#of(claims, nowMs);
    const isNew = nowMs >= visitors.toldUntilMs;
    visitors.shutUntilMs = nowMs + limits.signal.shutMs;
    visitors.toldUntilMs = nowMs + limits.signal.shedQuietMs;
    if (isNew) this.#onShed({ claims, why });
  }

  #of(claims: SeatClaims, nowMs: number): Visitors {
    const key = `${claims.meetingId} ${claims.seatId}`;
    const found = this.#seats.get(key);
    if (found !== undefined) return found;
    if (this.#seats.size >= limits.signal.seatsKept) this.#forget(nowMs);
    const { comesPerSecond: perSecond, comesAtOnce: most } = limits.signal;
    const visitors: Visitors = {
      leaves: new Set(),
      comes: new Bucket({ perSecond, most }, nowMs),
      allowance: new SeatAllowance(nowMs),
      shutUntilMs: -Infinity,
      toldUntilMs: -Infinity,
    };
    this.#seats.set(key, visitors);
    return visitors;
  }

  /** Seats that nobody holds and that did no harm; where all did, the oldest. */
  #forget(nowMs: number): void {
    for (const [key, { leaves, toldUntilMs }] of this.#seats)
      if (leaves.size === 0 && toldUntilMs <= nowMs) this.#seats.delete(key);
    for (const key of this.#seats.keys()) {
      if (this.#seats.size < limits.signal.seatsKept) return;
      this.#seats.delete(key);
    }
  }
}
