/** Every wait of a bench, units last: a machine that is loaded is slow, a bench never waits for ever. */
export const limits = {
  /** A program of ours, from its fork to its first word. */
  startMs: 60_000,
  /** From the wish to end to SIGKILL, and from SIGKILL to the end. */
  endMs: 8_000,
  killMs: 5_000,
  /** As a terminal waits for its CONNACK and its nonce. */
  connectMs: 10_000,
  /** Making and enrolling what a load process needs. */
  prepareMs: 120_000,
  /** One round of a load, until the last answer. */
  roundMs: 120_000,
  /** Facts that everybody was sent, until the last one saw them. */
  settleMs: 20_000,
  /** All clients back after a kill. */
  returnMs: 90_000,
  pageMs: 60_000,
  /** One bench from begin to end. */
  benchMs: 600_000,
} as const;
