/** Every ceiling of the command centre, by name. */
export const limits = {
  bodyBytes: 64 * 1024,
  requestsPerMinute: 1_200,
  signInsPerMinute: 30,
  requestTimeoutMs: 15_000,
  connectionTimeoutMs: 30_000,
  closeTimeoutMs: 5_000,
  brokerHealthTimeoutMs: 2_000,
  databaseHealthTimeoutMs: 2_000,
  /** A page of any list. */
  pageRows: 50,
  pageRowsMax: 200,
  /** Wrong passwords within the window: for one login, and from one address. */
  failuresPerLogin: 10,
  failuresPerAddress: 40,
  failureWindowMinutes: 15,
  loginMaximum: 64,
  sessionIdleMinutes: 120,
  sessionAbsoluteMinutes: 12 * 60,
  signInLinkMinutes: 10,
  grantMinutes: 10,
  /** A browser keeps no cookie longer than this. */
  viewerCookieDays: 400,
} as const;

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
export const argonParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
