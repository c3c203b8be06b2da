/** How one router of a room is filled. */
export interface RouterLoad {
  readonly seats: number;
}

export interface PlaceLimits {
  /** On one router. */
  readonly seats: number;
  /** Of one room. */
  readonly routers: number;
}

/**
 * Where one seat more goes: the index of the least loaded router that has a place, the first of equals;
 * `new` where all are full and another may be made; null where none may.
 */
export function placeSeat(
  routers: readonly RouterLoad[],
  { seats, routers: most }: PlaceLimits,
): number | 'new' | null {
  const [least] = [...routers.entries()].toSorted(([, a], [, b]) => a.seats - b.seats);
  if (least !== undefined && least[1].seats < seats) return least[0];
  return routers.length < most ? 'new' : null;
}
