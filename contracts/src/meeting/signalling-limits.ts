/*
 * What pages need of signalling: no schemas here, so that a page does not carry the schema language.
 */

export const signallingLimits = {
  /** One message, still pictures included. */
  messageBytes: 64_000,
  requestsPerSecond: 40,
  /** Requests of one seat that are not answered yet. */
  inFlight: 32,
  /** An answer may stand behind other words on a thin link. */
  requestMs: 30_000,
  stillEveryMs: 3_000,
  /** What is left of a link of the tier `stills` beside the voice: more would starve both, and the words. */
  stillBytesPerSecond: 3_000,
  /** A still reaches a page in pieces, a second's worth each: a voice beside it waits for one piece, not for all. */
  stillPieceBytes: 3_000,
  /** A page asks for new keys of relays so often; each is good three times as long. */
  iceServersEveryMs: 20 * 60_000,
} as const;
