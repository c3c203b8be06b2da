/** Ceilings of the kiosk's door. */
export const kioskLimits = {
  bodyBytes: 4_096,
  requestMs: 15_000,
  /** A page, its reload, and a console's curl: more pages than that are a mistake. */
  sockets: 4,
  /** What may wait for a page that reads slowly before it is cut. */
  socketBytes: 4 * 1024 * 1024,
  textBytes: 1_024,
  frames: { framesPerS: 15, burst: 8 },
  /** Messages beyond the pace before the page is cut. */
  floodedFrames: 100,
  requestsPerMinute: 300,
  codesPerMinute: 60,
  /** State changes are told together. */
  tellMs: 40,
  /** The page's clock and marks are refreshed at least this often. */
  refreshMs: 10_000,
  /** Check-ins are remembered here so long, to answer "already"; the log keeps them for ever. */
  checkInDays: 7,
  grantDays: 30,
  /** That a complaint was made here is remembered so long, and of so many. */
  complaintDays: 90,
  /** Absences of one person that wait for an approval. */
  absencesWaiting: 5,
  complaintsKept: 500,
  complaintsPerMinute: 6,
  /** What was said of spot checks is remembered so long; the newest twenty are shown. */
  checkDays: 90,
  /** What was said of meetings is remembered so long; so many openings from afar are shown. */
  meetingDays: 180,
  openingsShown: 20,
  /** Media servers a page may signal to. */
  mediaOrigins: 4,
  /** After a "no" of the outbox to a delivery. */
  deliverAgainMs: 10_000,
  handOver: {
    /** How long somebody who proved who they are may go on with it, and how many may at once. */
    passMinutes: 10,
    passes: 20,
    /** Own words, recordings and what was done are remembered here so long. */
    keptDays: 30,
    sweepMs: 3_600_000,
    perMinute: 20,
    /** A recording in base64, and what is said besides. */
    leaveBytes: 1_500_000,
  },
  closeMs: 2_000,
} as const;
