/** Every ceiling and wait of the screen page, units last. */
export const pageLimits = {
  connectMs: 5_000,
  reconnectMinMs: 500,
  reconnectMaxMs: 4_000,
  /** Without a right to look the page asks again this often. */
  refusedRetryMs: 30_000,
  snapshotMs: 10_000,
  snapshotRetryMaxMs: 5_000,
  /** Frames kept while a snapshot is on its way; more make a gap, and a gap another snapshot. */
  framesHeld: 400,
  gapRetryMs: 250,
  watchMs: 5_000,
  /** The page's words and figures are renewed this often at most; cells are painted at once. */
  renewMs: 200,
  /** How often the page asks itself whether it still knows. */
  doubtMs: 250,
  /** Exact counts of the day's strip come with a new snapshot. */
  refreshMs: 5 * 60_000,
  /** Today's reachability is asked for again. */
  reachabilityMs: 15_000,
} as const;
