/** Ceilings of the live view's tables and reads. */
export const liveLimits = {
  /** Log positions the feed reaches back. */
  feedPositions: 20_000,
  feedCutEvery: 1_000,
  feedLines: 360,
  stripBucketMinutes: 5,
  stripBuckets: 288,
  /** A little more than a day, so that the oldest bucket is whole. */
  stripHours: 25,
  /** Villages of a snapshot. */
  cells: 20_000,
  troubles: 50,
  troubleHours: 24,
  terminals: 20_000,
  probeMs: 900,
} as const;
