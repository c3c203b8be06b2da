/** Every ceiling of the command centre, by name. */
export const limits = {
  bodyBytes: 64 * 1024,
  requestsPerMinute: 1_200,
  signInsPerMinute: 30,
  /** All headers of a request, from its first byte; the whole request; a silent connection. */
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  connectionTimeoutMs: 30_000,
  /** How often connections are looked at for those that are too slow. */
  connectionCheckMs: 1_000,
  headerBytes: 8 * 1024,
  /** Open at the same time: in all, and from one address (a proxy on this machine stands for many). */
  connections: 2_000,
  connectionsPerAddress: 600,
  keepAliveTimeoutMs: 72_000,
  /** Refused that often within the window, an address is shed before its requests are read. */
  refusalsPerAddress: 60,
  refusalsWindowMs: 60_000,
  /** So many refused addresses are remembered. */
  refusedAddresses: 10_000,
  closeTimeoutMs: 5_000,
  brokerHealthTimeoutMs: 2_000,
  databaseHealthTimeoutMs: 2_000,
  /** A page of any list. */
  pageRows: 50,
  pageRowsMax: 200,
  /** Open ladders on one page: a county in the dark has more, and is one message. */
  laddersShown: 500,
  /** Wrong passwords within the window: for one login, and from one address. */
  failuresPerLogin: 10,
  failuresPerAddress: 40,
  failureWindowMinutes: 15,
  /** Sign-ins whose password is judged at the same time, and those that wait for a turn. */
  judgedAtOnce: 1,
  waitingToBeJudged: 24,
  /** Wrong codes of a second factor within the window. */
  codesPerAccount: 5,
  /** Since the last right one (NIST SP 800-63B, 3.2.2); then a recovery code or a reset at the machine. */
  wrongCodes: 100,
  loginMaximum: 64,
  /** Of what a browser says of itself, as the database keeps it. */
  agentCharacters: 256,
  sessionIdleMinutes: 120,
  sessionAbsoluteMinutes: 12 * 60,
  signInLinkMinutes: 10,
  grantMinutes: 10,
  /** Complaints, and tries of a receipt, from one address. */
  complaintsPerMinute: 6,
  receiptsPerMinute: 10,
  /** Rosters are looked through for what will not hold, so many days ahead. */
  troubleDays: 30,
  /** One look at reachability. */
  reachabilityDays: 366,
  /** A browser keeps no cookie longer than this. */
  viewerCookieDays: 400,
} as const;

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
export const argonParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
