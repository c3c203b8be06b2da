/** Every ceiling of the import, units last. */
export const importLimits = {
  /** A workbook as it is uploaded. 73,623 members take about 5 MiB. */
  uploadBytes: 32 * 1024 * 1024,
  uploadsAtOnce: 2,
  /** Imports that wait for their turn; beyond it the door says "later". */
  importsWaiting: 8,
  /** Files inside the workbook; Excel writes about a dozen. */
  archiveEntries: 256,
  archiveBytes: 384 * 1024 * 1024,
  /** Texts are kept in memory while the sheet is read. */
  sharedStringsBytes: 64 * 1024 * 1024,
  /** Unpacked against packed, of anything worth asking about: a bomb is beyond 1,000. */
  archiveRatio: 100,
  ratioFromBytes: 8 * 1024 * 1024,
  organisationRows: 20_000,
  memberRows: 200_000,
  rowsPerBatch: 1_000,
  /** Merged ranges that are named; one is enough to refuse. */
  rangesNamed: 10,
  /** The reader's own thread; beyond it that thread ends and nothing else. */
  workerMegabytes: 384,
  readingMs: 600_000,
  progressMs: 250,
  sweepMs: 3_600_000,
  /** How often an import that died with its process is tried again while somebody still holds it. */
  recoverMs: 5_000,
} as const;
