/** An interval ± 10 %, so that 1,693 heartbeats spread over their period. */
export function jitteredMs(everyMs: number, random: number): number {
  return Math.round(everyMs * (0.9 + random * 0.2));
}
