import type { Carousel } from '@sightline/contracts';

/** Steps a carousel has taken after so long. */
export function turnOf(carousel: Carousel | null, elapsedMs: number): number {
  return carousel === null ? 0 : Math.floor(Math.max(0, elapsedMs) / (carousel.seconds * 1000));
}
