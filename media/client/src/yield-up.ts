import { stepDown, worse, type Tier } from '@sightline/contracts';

/** So many answers in their time, one after the other, and the link is trusted again. */
const steadyAnswers = 3;

/**
 * What a page lets itself send while the server is not heard: a step less for every answer that is late. What the
 * server said is the ceiling; after some answers in their time it alone counts again.
 */
export class YieldUp {
  #own: Tier = 'video-300';
  #steady = 0;

  /** What is sent where the server lets `up` be sent. */
  under(up: Tier): Tier {
    return worse(up, this.#own);
  }

  late(up: Tier): void {
    this.#steady = 0;
    this.#own = stepDown(this.under(up));
  }

  inTime(): void {
    this.#steady += 1;
    if (this.#steady >= steadyAnswers) this.#own = 'video-300';
  }
}
