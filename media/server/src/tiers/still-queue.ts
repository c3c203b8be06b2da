import type { PictureSource, SeatId } from '@sightline/contracts';
import { onAirKey, type OnAirKey } from '#rooms/on-air.ts';

export interface Still {
  readonly seatId: SeatId;
  readonly source: PictureSource;
  /** Milliseconds since 1970, by the page that took it. */
  readonly at: number;
  readonly jpeg: Buffer;
}

/**
 * Stills on their way to one page: the newest of each picture waits, and no more leave than its link has place
 * for. A shared screen has every second turn, cameras take theirs by how long they waited.
 */
export class StillQueue {
  /** False = the page is gone. */
  readonly #send: (still: Still) => boolean;
  /** Bytes a millisecond, asked after each still: the tier may have changed. */
  readonly #pace: () => number;
  readonly #waiting = new Map<OnAirKey, Still>();
  /** When each had its turn, counted. */
  readonly #turns = new Map<OnAirKey, number>();
  #turn = 0;
  #wasScreen = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (still: Still) => boolean, pace: () => number) {
    this.#send = send;
    this.#pace = pace;
  }

  /** An older one of the same picture that still waits is let go. */
  put(still: Still): void {
    this.#waiting.set(onAirKey(still.seatId, still.source), still);
    if (this.#timer === null) this.#next();
  }

  /** Lets go of whatever is not needed any more. */
  keep(keys: ReadonlySet<OnAirKey>): void {
    for (const key of this.#waiting.keys()) if (!keys.has(key)) this.#waiting.delete(key);
    for (const key of this.#turns.keys()) if (!keys.has(key)) this.#turns.delete(key);
  }

  #next(): void {
    this.#timer = null;
    const [first, ...others] = this.#waiting;
    if (first === undefined) return;
    const [key, still] = others.reduce(
      (best, one) => (this.#isBefore(one, best) ? one : best),
      first,
    );
    this.#waiting.delete(key);
    this.#turns.set(key, (this.#turn += 1));
    this.#wasScreen = still.source === 'screen';
    if (!this.#send(still)) {
      this.#waiting.clear();
      return;
    }
    this.#timer = setTimeout(() => this.#next(), still.jpeg.byteLength / this.#pace());
    this.#timer.unref();
  }

  #isBefore(
    [key, { source }]: [OnAirKey, Still],
    [other, { source: otherSource }]: [OnAirKey, Still],
  ): boolean {
    if (source !== otherSource) return (source === 'screen') !== this.#wasScreen;
    return (this.#turns.get(key) ?? 0) < (this.#turns.get(other) ?? 0);
  }
}
