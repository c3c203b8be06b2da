import { checkInEarlyMinutes, type HeardSource, type StandingDuty } from '@sightline/contracts';

/** How far a village's word about a duty is complete. */
export interface Heard {
  /** One device stood there from beginning to end. */
  readonly hasTerminal: boolean;
  /** Everything its devices said up to then is here; null = nothing is sure. */
  readonly until: Temporal.Instant | null;
}

/**
 * The least of all devices in use while the duty ran: a check-in may lie in any of them. One that was
 * revoked before all it had to say came will never say it: what it covers stays unknown.
 */
export function heardOf(sources: readonly HeardSource[], duty: StandingDuty): Heard {
  const opens = duty.from.subtract({ minutes: checkInEarlyMinutes });
  const inUse = sources.filter(
    ({ enrolledAt, revokedAt }) =>
      isBefore(enrolledAt, duty.to) && (revokedAt === null || isBefore(opens, revokedAt)),
  );
  const hasTerminal = inUse.some(
    ({ enrolledAt, revokedAt }) =>
      !isBefore(duty.owedFrom, enrolledAt) && (revokedAt === null || !isBefore(revokedAt, duty.to)),
  );
  const until = inUse
    .map(({ revokedAt, heardUntil }) => wholeUntil(revokedAt, heardUntil, duty.to))
    .reduce<Temporal.Instant | null>(
      (least, each) =>
        least === null || each === null ? null : isBefore(each, least) ? each : least,
      inUse.length === 0 ? null : duty.to,
    );
  return { hasTerminal, until };
}

/** A device heard out to its revocation has nothing more to say. */
function wholeUntil(
  revokedAt: Temporal.Instant | null,
  heardUntil: Temporal.Instant | null,
  to: Temporal.Instant,
): Temporal.Instant | null {
  if (heardUntil === null || revokedAt === null) return heardUntil;
  return isBefore(heardUntil, revokedAt) ? heardUntil : to;
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}
