/** An instant that never goes back, for measuring a session: not a time of day. */
export function monotonicNow(): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(
    Math.floor(performance.timeOrigin + performance.now()),
  );
}
