/*
 * What pages need of signalling: no schemas here, so that a page does not carry the schema language.
 */

export const signallingLimits = {
  /** One message, still pictures included. */
  messageBytes: 64_000,
  requestsPerSecond: 40,
  /** Requests of one seat that are not answered yet. */
  inFlight: 32,
  requestMs: 10_000,
  stillEveryMs: 3_000,
  reportEveryMs: 2_000,
  /** A page asks for new keys of relays so often; each is good three times as long. */
  iceServersEveryMs: 20 * 60_000,
} as const;
