/** GET /api/live/reachability?region= : 今日可达时长 of the big screen; no names. */
export interface ReachabilityToday {
  /** Day in Asia/Shanghai. */
  readonly day: string;
  /** Rings of checks that are over. */
  readonly rings: number;
  readonly answered: number;
  /** Milliseconds from the order; null = no ring, or so many were not reached. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Rings that still go on, and how many of them are answered: they are in no figure above. */
  readonly open: { readonly rings: number; readonly answered: number };
}
