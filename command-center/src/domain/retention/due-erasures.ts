import type { KeptKind, RetentionDays } from '@sightline/contracts';

/** Something a meeting left behind that is still there, as the rule sees it. */
export interface Keepable {
  readonly kind: KeptKind;
  /** null = the meeting is not over. */
  readonly endedAt: string | null;
  readonly isHeld: boolean;
}

/** When its time is over, held or not; null = it has not begun to run. */
export function keptUntil(
  { kind, endedAt }: Keepable,
  days: RetentionDays,
): Temporal.Instant | null {
  return endedAt === null ? null : Temporal.Instant.from(endedAt).add({ hours: 24 * days[kind] });
}

/** 到期: what is to be erased now. Nothing that is held, and nothing of a meeting that is not over. */
export function dueErasures<T extends Keepable>(
  kept: readonly T[],
  days: RetentionDays,
  now: Temporal.Instant,
): readonly T[] {
  return kept.filter((thing) => {
    const until = keptUntil(thing, days);
    return until !== null && !thing.isHeld && Temporal.Instant.compare(until, now) <= 0;
  });
}

/** Whole days from the end until now; none before it. */
export function daysSince(endedAt: string, now: Temporal.Instant): number {
  const hours = now.since(Temporal.Instant.from(endedAt), { largestUnit: 'hours' }).hours;
  return Math.max(0, Math.floor(hours / 24));
}
