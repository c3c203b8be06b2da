/** Ceilings of imports, units last. */
export const importLimits = {
  /** Staged rows, and what is wrong with them, are gone after this. */
  stagedHours: 24,
  /** After this an import can no longer be undone: the images of before and after are gone. */
  undoDays: 90,
  /** One transaction that applies, undoes or clears. */
  statementMs: 300_000,
  /** Organisations a register may have for an import to be checked against it. */
  organisations: 100_000,
  expiredPerSweep: 100,
  pageRows: 50,
} as const;
