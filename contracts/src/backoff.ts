/** From the first wait to the longest. */
export interface BackoffPace {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * How long to wait after so many failures: the first wait doubling to the last, the upper half by
 * chance, so that all who lost one server together do not come back together. `random` in [0, 1).
 */
export function backoffMs(failures: number, random: number, pace: BackoffPace): number {
  const full = Math.min(pace.lastMs, pace.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}
