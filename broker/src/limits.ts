import { packetLimits } from '@sightline/contracts';

/** Every ceiling of the broker. Units last. */
export const limits = {
  /** From accept to a whole CONNECT. */
  connectWithinMs: 5_000,
  /** The remaining length of the first packet. */
  connectBytes: 64 * 1024,
  /** The remaining length of any later packet: a full payload, its topic and its packet id. */
  packetBytes: packetLimits.bytesPerPacket + 2 + 65_535 + 2,
  /** What may wait unsent for one client before it is dropped. */
  unsentBytes: 1024 * 1024,
  /** aedes: how long one full socket buffer may stay full. */
  drainMs: 5_000,
  /** After a violation: how long the last bytes may take to leave. */
  farewellMs: 1_000,
  connections: 20_000,
  /** Per remote address; loopback is not counted (a proxy or the simulator stands there). */
  connectionsPerAddress: 1_024,
  /** Longest keep-alive a terminal may ask for. */
  keepAliveS: 300,
  /** Nonces not yet used, over all sources and per source. */
  nonces: 65_536,
  noncesPerSource: 8,
  nonceMs: 60_000,
  /** One commit. */
  factsPerCommit: 500,
  bytesPerCommit: 256 * 1024,
  /** Packets of one source that are looked at together. */
  packetsPerTurn: 64,
  /** Facts admitted and not yet committed, over all sources. */
  waitingBytes: 64 * 1024 * 1024,
  /** How long a connect may wait for the database before it is told "server unavailable". */
  authenticateMs: 5_000,
  /** Evidence rows a source may leave per minute, and the length of each. */
  evidencePerMinute: 30,
  evidenceChars: 16 * 1024,
  /** Revocations, desired state: how long a lost NOTIFY may go unseen. */
  pollMs: 2_000,
  linkFlushMs: 1_000,
  brokerStateMs: 5_000,
  /** A database away for longer ends the broker's listening, as the centre sees it: links lost meanwhile say nothing. */
  outageMs: 15_000,
  beatBytes: 2 * 1024,
  /** Refused enrolments per address and minute. */
  refusedEnrolmentsPerMinute: 10,
  httpBodyBytes: 8 * 1024,
  httpRequestsPerMinute: 120_000,
  /** Files of courses on their way at the same time, and how long one answer may take: pieces are small. */
  courseStreams: 64,
  courseStreamMs: 120_000,
  closeMs: 4_000,
} as const;
