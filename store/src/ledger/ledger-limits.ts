/** Every ceiling of the ledger's keeping. */
export const ledgerLimits = {
  /** Marks taken at once; each is a day of a village. */
  touchedPerTurn: 400,
  /** How far back time or a device without a clock may touch. */
  daysBack: 62,
  /** A projection further behind than this is being built anew: nothing is judged by half of it. */
  projectionBehindSeconds: 30,
  /**
   * Longer than a heartbeat may be on its way: what was done while it travelled comes after it. A link
   * silent for 45 s is cut (keep-alive 30 s).
   */
  beatTravelSeconds: 120,
  rowsPerExportPage: 500,
} as const;
