/** Every ceiling and every wait of the store, units last. */
export const limits = {
  poolSize: 8,
  connectMs: 5_000,
  /** Longest statement of a request; rebuilds and migrations set their own. */
  statementMs: 30_000,
  migrationMs: 600_000,
  idleInTransactionMs: 60_000,

  /** One append: what the log writer may put into one commit. */
  factsPerAppend: 500,
  bytesPerAppend: 1024 * 1024,
  centreFactsPerAppend: 4_096,

  /** Entries a follower or projector takes at once. */
  entriesPerRead: 1_000,
  followPollMs: 1_000,
  retryMinMs: 50,
  retryMaxMs: 2_000,
  custodyBatchesPerRead: 100,

  rowsPerPage: 500,
  quarantineRows: 100_000,
  quarantineBodyBytes: 64 * 1024,
  enrolmentCodeHours: 24,
  terminalsPerCall: 5_000,
  /** People whose withdrawal is carried to their village's other terminals at once. */
  withdrawalsPerCall: 100,
  /** Townships the live view is told of whose complaints wait too long. */
  overduePlaces: 100,

  /** Changes of one village's roster looked through for how it stood before the last. */
  rosterChangesRead: 200,
  /** Villages whose terminals are told their rosters in one transaction. */
  rosterVillagesPerCall: 50,

  /** Embedded server. */
  initdbMs: 120_000,
  startMs: 60_000,
  stopFastMs: 4_000,
  stopImmediateMs: 4_000,
  progressMs: 500,
} as const;
