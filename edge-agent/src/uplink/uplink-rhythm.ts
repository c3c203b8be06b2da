import { limits } from '#limits.ts';

/** How often and how much; `limits.uplink` unless told (simulator, tests). */
export interface UplinkRhythm {
  readonly backoffFirstMs: number;
  readonly backoffLastMs: number;
  readonly ackTimeoutMs: number;
  readonly beatEveryMs: number;
  readonly slowRetryMs: number;
  readonly factsPerPacket: number;
}

export function uplinkRhythm(chosen: Partial<UplinkRhythm> = {}): UplinkRhythm {
  const { backoffFirstMs, backoffLastMs, ackTimeoutMs, beatEveryMs, slowRetryMs, factsPerPacket } =
    limits.uplink;
  return {
    backoffFirstMs,
    backoffLastMs,
    ackTimeoutMs,
    beatEveryMs,
    slowRetryMs,
    factsPerPacket,
    ...chosen,
  };
}
