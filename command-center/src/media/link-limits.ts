/** Every ceiling and wait of the link to the media server, units last. */
export const mediaLimits = {
  /** One media server; a second that takes over; one that tries with a wrong secret. */
  connections: 4,
  handshakeMs: 5_000,
  pingIntervalMs: 5_000,
  pingTimeoutMs: 5_000,
  /** Words of the media server that are not answered yet; more are told to come again. */
  inFlight: 64,
  /** Packets that wait for a media server that does not read; then it is dropped and may come again. */
  packetsWaiting: 256,
  /** Changes that come within this time travel together. */
  coalesceMs: 50,
  retryMs: 500,
  /** Rooms are compared so often, whatever the log told. */
  compareMs: 2_000,
  /** Of what time alone does to meetings. */
  meetingsMs: 1_000,
  /** A media server says of every open spell that it goes on each 5 s; silent for longer, it is over. */
  spellSilentMs: 15_000,
  /** Nothing of a recording that runs no more came for so long: it is complete. */
  recordingQuietMs: 15_000,
  /** What opens a recording is good so long. */
  recordingMinutes: 10,
} as const;
