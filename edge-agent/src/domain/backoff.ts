/** From the first wait to the longest. */
export interface BackoffPace {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * How long to wait after so many failures: the first wait doubling to the last, the upper half by
 * chance, so that terminals that lost one broker together do not come back together.
 */
export function backoffMs(failures: number, random: number, pace: BackoffPace): number {
  const full = Math.min(pace.lastMs, pace.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}

/** An interval ± 10 %, so that 1,693 heartbeats spread over their period. */
export function jitteredMs(everyMs: number, random: number): number {
  return Math.round(everyMs * (0.9 + random * 0.2));
}
