import { sendLimits } from '#domain/core-limits.ts';

/** Every ceiling of the terminal's core, in one place. */
export const limits = {
  outbox: {
    /** Facts that may wait in one outbox file: 30 days at 10 an hour of 138 terminals. */
    waitingFacts: 1_000_000,
    fileBytes: 2 * 1024 ** 3,
    /** Kept free on the disk so that draining, logs and the database beside us never fail first. */
    diskHeadroomBytes: 16 * 1024 ** 2,
    /** Per source; the oldest makes room, because the server keeps every refused fact as well. */
    deadLetters: 10_000,
    requestsPerCommit: 512,
    /** Appends and reads that may wait for the writer; more are refused at once. */
    queuedRequests: 20_000,
    factsPerRead: 256,
    /** Facts of a source kept in memory, so that a live fact is sent without reading it back. */
    recentFacts: 16,
    closeTimeoutMs: 5_000,
    requestTimeoutMs: 30_000,
    openTimeoutMs: 60_000,
  },
  uplink: {
    ...sendLimits,
    ackTimeoutMs: 10_000,
    /** Silent acks in a row after which the connection counts as dead. */
    ackTimeoutsPerLink: 3,
    connectTimeoutMs: 10_000,
    keepaliveS: 30,
    beatEveryMs: 30_000,
    backoffFirstMs: 1_000,
    backoffLastMs: 60_000,
    /** After bad-seal, broken-chain, malformed or a refused connection. */
    slowRetryMs: 60_000,
    /** After a gap: until the answers to the packets behind it are in. */
    gapPauseMs: 500,
    /** After the outbox failed to give facts. */
    faultPauseMs: 1_000,
    /** A link that stood this long counts as useful even if nothing was sent. */
    usefulLinkMs: 10_000,
    /** Bytes of a document or an ack from the broker. */
    messageBytes: 256 * 1024,
  },
  desired: { retryMs: 60_000 },
  course: {
    /** What is asked for at a time, and lost at most when the line is cut. */
    pieceBytes: 256 * 1024,
    pieceTimeoutMs: 60_000,
    /** How often it is looked whether the night has come. */
    lookMs: 60_000,
    retryFirstMs: 5_000,
    retryLastMs: 600_000,
  },
  /** From the wish to end to the end. */
  closeMs: 5_000,
  http: { timeoutMs: 10_000, replyBytes: 64 * 1024 },
} as const;
