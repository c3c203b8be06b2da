import { isTried, tierClocks, type TierState } from './tier.ts';

/*
 * What one direction of a link shows of itself, and what the time of its answers says: over TCP nothing is lost, but
 * whatever is too much waits in a queue.
 */

/** What was measured over the last sample, at least a second long. */
export interface LinkMeasure {
  /** Estimate of what the link carries, kbit/s; null = no estimate. */
  readonly availableKbps: number | null;
  /** Share of packets lost, 0 … 1. */
  readonly lossShare: number;
  /** Since the last packet or report that should have come; milliseconds. */
  readonly silentMs: number;
  /** Whether the link was heard of since it stands where it stands, or nothing of it is expected. */
  readonly isHeard: boolean;
  /** How long what was sent on this tier and the reports of it took, the newest two; null = none came, or none are judged. */
  readonly delay: Delay | null;
}

export interface Delay {
  readonly ms: number;
  /** Of the report before; null = this is the first since the link stands so. */
  readonly beforeMs: number | null;
}

/** A voice alone that comes late is worth more than none. */
export function isLate(state: TierState, { delay }: LinkMeasure): boolean {
  if (delay === null || state.tier === 'audio') return false;
  return delay.ms >= tierClocks.lateMs && isGrowing(state, delay);
}

/** As late as silence is believed: what stands in the queue has to pass first. The voice alone empties most. */
export function isJammed(state: TierState, { delay }: LinkMeasure): boolean {
  if (delay === null) return false;
  if (state.tier === 'audio') return delay.ms >= tierClocks.deepMs;
  return delay.ms >= tierClocks.silentMs && isGrowing(state, delay);
}

/** After a fall the queue gets shorter; the first report found it at its longest. */
function isGrowing(state: TierState, { ms, beforeMs }: Delay): boolean {
  return beforeMs === null ? isTried(state) || state.reason === 'good' : ms >= beforeMs;
}

/** No queue stands, and none begins. */
export function isPrompt({ delay }: LinkMeasure): boolean {
  if (delay === null || delay.ms <= tierClocks.promptMs) return true;
  const { ms, beforeMs } = delay;
  return ms <= tierClocks.calmLateMs && (beforeMs === null || ms <= beforeMs);
}
