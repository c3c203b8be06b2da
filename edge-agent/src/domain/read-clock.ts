import type { TimeReading } from '#domain/fact-draft.ts';
import { backwardToleranceMs } from '#domain/core-limits.ts';

/** Everything the device knows of the time at one moment. */
export interface ClockState {
  readonly bootId: string;
  /** Milliseconds since that boot; never runs backward. */
  readonly uptimeMs: number;
  /** What the device's own wall clock says, epoch milliseconds; may be 1970 or hours off. */
  readonly wallMs: number;
  /** Server's epoch milliseconds at uptime 0, or null before the first ack since boot. */
  readonly offsetMs: number | null;
  /** The latest `at` this terminal has written before; time was at least that. */
  readonly floorMs: number | null;
}

/**
 * The best estimate of now: server time carried by the uptime where anchored; else the wall clock,
 * unless it lies behind what this terminal has already written, as after a dead battery.
 */
export function readClock(state: ClockState): TimeReading {
  const { bootId, offsetMs } = state;
  const uptimeMs = Math.max(0, Math.round(state.uptimeMs));
  const epochMs = offsetMs === null ? withoutAnchor(state) : offsetMs + uptimeMs;
  return { at: instantText(epochMs), clock: { bootId, uptimeMs, offsetMs } };
}

function withoutAnchor({ wallMs, floorMs }: ClockState): number {
  if (floorMs === null || wallMs >= floorMs - backwardToleranceMs) return wallMs;
  return floorMs;
}

/** 2026-11-23T12:00:00.000Z: always milliseconds, as the contract's instants are. */
export function instantText(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(epochMs)).toString({
    smallestUnit: 'millisecond',
  });
}

export function epochMsOf(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
