/** Every ceiling and wait of what is kept and erased, units last. */
export const retentionLimits = {
  /** From one look for what is due to the next: also the longest that something is kept beyond its time. */
  everyMs: 3_600_000,
  /** Of one turn: the next begins at once where so many were due. */
  perKind: 200,
  notes: 500,
  /** From one time the media server is asked to erase to the next. */
  tellMs: 5_000,
  tellAtOnce: 20,
  /** Hours of recordings may be a great many files. */
  answerMs: 60_000,
} as const;
