import type { Carousel } from '@sightline/contracts';

/** 轮巡 of one room: how many steps it has taken. A new carousel begins with its first seat; one told again goes on. */
export class CarouselClock {
  readonly #nowMs: () => number;
  #key = '';
  #startedMs = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  turn(carousel: Carousel | null): number {
    const key = JSON.stringify(carousel);
    if (key !== this.#key) this.#startedMs = this.#nowMs();
    this.#key = key;
    if (carousel === null) return 0;
    return Math.floor(Math.max(0, this.#nowMs() - this.#startedMs) / (carousel.seconds * 1000));
  }
}
