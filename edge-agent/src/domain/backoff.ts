import { limits } from '#limits.ts';

/**
 * How long to wait before attempt `failures + 1`: 1 s doubling to 60 s, the upper half by chance, so
 * that terminals that lost one broker together do not come back together.
 */
export function backoffMs(
  failures: number,
  random: number,
  { firstMs, lastMs } = {
    firstMs: limits.uplink.backoffFirstMs as number,
    lastMs: limits.uplink.backoffLastMs as number,
  },
): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}

/** An interval ± 10 %, so that 1,693 heartbeats spread over their period. */
export function jitteredMs(everyMs: number, random: number): number {
  return Math.round(everyMs * (0.9 + random * 0.2));
}
