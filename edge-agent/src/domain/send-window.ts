import { sendLimits } from '#domain/core-limits.ts';

/** A packet whose application ack is awaited. */
export interface FlyingPacket {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly sentAtMs: number;
}

/** What one source has on its way. Everything up to `committedTo` is the centre's. */
export interface SendWindow {
  readonly committedTo: number;
  readonly nextSeq: number;
  readonly flying: readonly FlyingPacket[];
}

export function openWindow(committedTo: number): SendWindow {
  return { committedTo, nextSeq: committedTo + 1, flying: [] };
}

/** Which facts may go now, given the last one in the outbox; null = wait for an ack or a fact. */
export function planPacket(
  window: SendWindow,
  lastSeq: number,
  factsPerPacket: number = sendLimits.factsPerPacket,
): { readonly fromSeq: number; readonly count: number } | null {
  if (window.flying.length >= sendLimits.packetsInFlight) return null;
  const inFlight = window.nextSeq - 1 - window.committedTo;
  const room = sendLimits.factsInFlight - inFlight;
  const count = Math.min(lastSeq - window.nextSeq + 1, room, factsPerPacket);
  return count > 0 ? { fromSeq: window.nextSeq, count } : null;
}

export function addFlying(window: SendWindow, packet: FlyingPacket): SendWindow {
  return { ...window, nextSeq: packet.toSeq + 1, flying: [...window.flying, packet] };
}

/** Everything up to `committedTo` has arrived. An older ack changes nothing. */
export function advance(window: SendWindow, committedTo: number): SendWindow {
  if (committedTo <= window.committedTo) return window;
  return {
    committedTo,
    nextSeq: Math.max(window.nextSeq, committedTo + 1),
    flying: window.flying.filter(({ toSeq }) => toSeq > committedTo),
  };
}

/** Forgets what flies: it is sent again from after the last committed fact. */
export function rewind(window: SendWindow): SendWindow {
  return openWindow(window.committedTo);
}

/** Milliseconds until the oldest packet's ack is late; null when nothing flies, ≤ 0 when it is late. */
export function msUntilLate(
  window: SendWindow,
  nowMs: number,
  ackTimeoutMs: number,
): number | null {
  const [oldest] = window.flying;
  return oldest === undefined ? null : oldest.sentAtMs + ackTimeoutMs - nowMs;
}
