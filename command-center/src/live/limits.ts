/** Every ceiling and wait of the live view's server side, units last. */
export const liveLimits = {
  /** Facts that become visible within this time travel in one frame: two pictures of a 60 Hz page. */
  coalesceMs: 33,
  frameRetryMs: 500,
  feedLinesPerFrame: 120,

  connections: 500,
  /** A page asks for a region, nothing more. */
  bytesPerMessage: 2 * 1024,
  /** Of one page within the span: far above a person who drills; then it is dropped and may come again. */
  messagesPerSpan: 100,
  messageSpanMs: 10_000,
  handshakeMs: 5_000,
  pingIntervalMs: 5_000,
  pingTimeoutMs: 5_000,
  /** Packets that wait for one slow page; then it is dropped and may come again. */
  packetsWaiting: 64,
  /** How often every page's right to look is read again. */
  reviewMs: 30_000,

  pulseMs: 1_000,
  /** Together under 2 s: that soon the page says that the database is gone. */
  probeMs: 300,
  probeTimeoutMs: 1_400,
  /** A broker whose door stays shut this long is down, whatever its row still says. */
  brokerSilentMs: 2_000,
  /** A projector that is behind and has not moved for this long is down. */
  projectorStillMs: 3_000,

  watchMs: 1_000,
  /** Notices of link changes come in bursts; look no more often than this. */
  watchGapMs: 200,
  troublesMs: 5_000,
  /** From one look for late check-ins to the next. */
  shiftCountsMs: 60_000,
  /** From one time terminals are told the next days' rosters to the next. */
  rostersMs: 3_600_000,
  /** Withdrawals are honoured as they are projected; this often, what was left undone. */
  withdrawalsMs: 30_000,
  /** Complaints are taken as they are projected; this often, what time alone changes. */
  complaintsMs: 60_000,
  /** The duty ledger is kept as check-ins come; this often, what heartbeats and time alone change. */
  ledgerMs: 20_000,
  ledgerGapMs: 1_000,
  /** New readings alone change a terminal's document at most this often. */
  readingMinutes: 15,
  /** What was written in a complaint is kept so long after its answer. */
  complaintTextDays: 180,
  /** What was written for the next shift is kept so long after it was left. */
  handOverTextDays: 180,
  /** What was written in an appeal is kept so long after its case ended. */
  appealTextDays: 180,
  /** A terminal may be cut off so long and still send what it sealed. */
  complaintKeyDays: 60,
  /** From one look at the running duties to the next; one that finds the log not read yet looks again then. */
  ladderMs: 5_000,
  /** The longest duty, and the two hours somebody may come before it. */
  arrivalHours: 26,
  deliveryMs: 10_000,
  deliveriesAtOnce: 8,
  /** One try, and how long a message is held by whoever tries. */
  sendMs: 30_000,
  deliveryLeaseMs: 120_000,
  deliveryWaitMs: 30_000,
  deliveryAttempts: 8,
  notificationDays: 90,
  presenceFactsPerAppend: 500,
  catchUpMs: 5_000,
} as const;
