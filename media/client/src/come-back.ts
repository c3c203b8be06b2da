import { backoffMs } from '@sightline/contracts';
import { clientLimits } from '#limits.ts';

/**
 * How long a page waits before it comes in again. To come in costs a thin link more than to stay: only after a stay
 * that was sound is a loss the first one.
 */
export class ComeBack {
  readonly #random: () => number;
  #losses = 0;

  /** `random` in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** After a stay of so many milliseconds; 0 = it did not come in. */
  waitMs(stayedMs: number): number {
    if (stayedMs >= clientLimits.soundMs) this.#losses = 0;
    const waitMs = backoffMs(this.#losses, this.#random(), clientLimits.retry);
    this.#losses += 1;
    return waitMs;
  }
}
