/** A bucket of frames: refills at a steady pace, so that a burst is taken and a flood is not. */
export interface FramePace {
  readonly tokens: number;
  readonly atMs: number;
}

export interface PaceRule {
  readonly framesPerS: number;
  readonly burst: number;
}

export function fullPace(rule: PaceRule, nowMs: number): FramePace {
  return { tokens: rule.burst, atMs: nowMs };
}

/** Whether one more frame may pass, and the bucket after it. `nowMs` is a monotonic clock. */
export function takeFrame(
  pace: FramePace,
  rule: PaceRule,
  nowMs: number,
): { readonly pace: FramePace; readonly passes: boolean } {
  const refilled = pace.tokens + ((nowMs - pace.atMs) / 1000) * rule.framesPerS;
  const tokens = Math.min(rule.burst, refilled);
  const passes = tokens >= 1;
  return { pace: { tokens: passes ? tokens - 1 : tokens, atMs: nowMs }, passes };
}
