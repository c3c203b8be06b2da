/** 2026-11-23T12:00:00.000Z: always milliseconds, as the contract's instants are. */
export function instantText(instant: Temporal.Instant): string {
  return instant.round('millisecond').toString({ fractionalSecondDigits: 3 });
}
