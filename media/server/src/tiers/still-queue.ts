import { signallingLimits, type PictureSource, type SeatId } from '@sightline/contracts';
import { onAirKey, type OnAirKey } from '#rooms/on-air.ts';

export interface Still {
  readonly seatId: SeatId;
  readonly source: PictureSource;
  /** Milliseconds since 1970, by the page that took it. */
  readonly at: number;
  readonly jpeg: Buffer;
}

/** A part of one, as it leaves. */
export interface StillPiece extends Still {
  /** Where it begins, and how long the whole is; bytes. */
  readonly from: number;
  readonly of: number;
}

interface Leaving {
  readonly key: OnAirKey;
  readonly still: Still;
  readonly from: number;
}

/**
 * Stills on their way to one page: the newest of each picture waits, and no more leave than its link has place
 * for: piece by piece, the next once the page had the one before, so that what else is on its way passes between.
 * A shared screen has every second turn, cameras take theirs by how long they waited.
 */
export class StillQueue {
  /** Fulfilled once the page had it; false = the page is gone. */
  readonly #send: (piece: StillPiece) => Promise<boolean>;
  /** Bytes a millisecond, asked after each piece: the tier may have changed. */
  readonly #pace: () => number;
  readonly #waiting = new Map<OnAirKey, Still>();
  /** When each had its turn, counted. */
  readonly #turns = new Map<OnAirKey, number>();
  #turn = 0;
  /** What has left in part. */
  #leaving: Leaving | null = null;
  #wasScreen = false;
  #isBusy = false;

  constructor(send: (piece: StillPiece) => Promise<boolean>, pace: () => number) {
    this.#send = send;
    this.#pace = pace;
  }

  /** An older one of the same picture that still waits is let go. */
  put(still: Still): void {
    this.#waiting.set(onAirKey(still.seatId, still.source), still);
    if (!this.#isBusy) void this.#sendAll();
  }

  /** Lets go of whatever is not needed any more, the rest of what has left in part too. */
  keep(keys: ReadonlySet<OnAirKey>): void {
    if (this.#leaving !== null && !keys.has(this.#leaving.key)) this.#leaving = null;
    for (const key of this.#waiting.keys()) if (!keys.has(key)) this.#waiting.delete(key);
    for (const key of this.#turns.keys()) if (!keys.has(key)) this.#turns.delete(key);
  }

  async #sendAll(): Promise<void> {
    this.#isBusy = true;
    for (;;) {
      const leaving = this.#leaving ?? this.#choose();
      if (leaving === null) break;
      const piece = cut(leaving);
      const from = piece.from + piece.jpeg.byteLength;
      this.#leaving = from < piece.of ? { ...leaving, from } : null;
      const sentMs = performance.now();
      if (!(await this.#send(piece))) {
        this.#leaving = null;
        this.#waiting.clear();
        break;
      }
      await passed(piece.jpeg.byteLength / this.#pace() - (performance.now() - sentMs));
    }
    this.#isBusy = false;
  }

  /** Whose turn it is. */
  #choose(): Leaving | null {
    const [first, ...others] = this.#waiting;
    if (first === undefined) return null;
    const [key, still] = others.reduce(
      (best, one) => (this.#isBefore(one, best) ? one : best),
      first,
    );
    this.#waiting.delete(key);
    this.#turns.set(key, (this.#turn += 1));
    this.#wasScreen = still.source === 'screen';
    return { key, still, from: 0 };
  }

  #isBefore(
    [key, { source }]: [OnAirKey, Still],
    [other, { source: otherSource }]: [OnAirKey, Still],
  ): boolean {
    if (source !== otherSource) return (source === 'screen') !== this.#wasScreen;
    return (this.#turns.get(key) ?? 0) < (this.#turns.get(other) ?? 0);
  }
}

function cut({ still, from }: Leaving): StillPiece {
  const jpeg = still.jpeg.subarray(from, from + signallingLimits.stillPieceBytes);
  return { ...still, jpeg, from, of: still.jpeg.byteLength };
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms)).unref();
  });
}
