/** What one source may have on its way at once. */
export const sendLimits = {
  factsInFlight: 64,
  packetsInFlight: 16,
  factsPerPacket: 32,
} as const;

/** How far behind its own last fact the device clock may be before it counts as wrong. */
export const backwardToleranceMs = 60_000;
