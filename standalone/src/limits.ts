/** Every wait and loop of the supervisor ends here. */
export const limits = {
  childReadyMs: 60_000,
  childStopMs: 6_000,
  childKillMs: 2_000,
  restartFirstMs: 200,
  restartMostMs: 10_000,
  restartsPerMinute: 20,
  logBytes: 16 * 1024 * 1024,
  portProbeMs: 2_000,
  enrolAtOnce: 24,
} as const;
