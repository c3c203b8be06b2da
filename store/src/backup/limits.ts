/** Every ceiling of a backup, units last. */
export const backupLimits = {
  /** Bytes of a table in one entry: what is held in memory, and what one damaged place can cost to find. */
  entryBytes: 4 * 1024 ** 2,
  /** Of one entry as it is read back; a row of COPY text is far below it. */
  storedEntryBytes: 64 * 1024 ** 2,
  plainEntryBytes: 256 * 1024 ** 2,
  secretBytes: 64 * 1024,
  secrets: 64,
  connectMs: 10_000,

  /** An encrypted file: plain bytes of a frame, and what scrypt costs whoever guesses (128 MB a try). */
  frameBytes: 1024 ** 2,
  scryptCost: 2 ** 17,
  scryptBytes: 256 * 1024 ** 2,
  passphraseLetters: 12,

  sealsPerRead: 2_000,
  factsPerRead: 20_000,
} as const;
