import { arrivalEarlyHours, shiftAt, type Duty } from '@sightline/contracts';
import type { KnownCheckIn } from '#domain/decide-check-in.ts';

/** What this terminal remembers of who came and went. A check-out bears the shift of its check-in. */
export interface DutyMarks {
  readonly checkIns: readonly KnownCheckIn[];
  readonly checkOuts: readonly KnownCheckIn[];
}

/** A check-in and, where the person left again, when. */
export interface Standing {
  readonly checkIn: KnownCheckIn;
  readonly leftAt: string | null;
}

/**
 * The newest check-in of a person that still counts now: of this shift or the last one, or of a duty in
 * the roster that reaches into them (24 hours are one duty with one check-in). Null = there is none.
 */
export function standingOf(
  personId: string,
  { checkIns, checkOuts }: DutyMarks,
  when: { readonly now: Temporal.Instant; readonly duties: readonly Duty[] },
): Standing | null {
  const { from, key } = shiftAt(when.now);
  const last = shiftAt(from.subtract({ seconds: 1 }));
  const own = when.duties.filter(
    (duty) =>
      (duty.personId === personId || duty.fallbackId === personId) &&
      Temporal.Instant.compare(duty.from, when.now) <= 0 &&
      Temporal.Instant.compare(duty.to, last.from) > 0,
  );
  const counts = ({ shift, at }: KnownCheckIn): boolean =>
    shift === key || shift === last.key || own.some((duty) => isArrival({ personId, at }, duty));
  const checkIn = checkIns
    .filter((known) => known.personId === personId && counts(known))
    .toSorted((a, b) => (a.shift < b.shift ? -1 : 1)) // The key's text is in order of time: day before night.
    .at(-1);
  if (checkIn === undefined) return null;
  const left = checkOuts.find((out) => out.personId === personId && out.shift === checkIn.shift);
  return { checkIn, leftAt: left?.at ?? null };
}

/** Whether this check-in is that of a duty's holder, or of the fallback, for it: shortly before it is early enough. */
export function isArrival(
  { personId, at }: Pick<KnownCheckIn, 'personId' | 'at'>,
  { personId: holderId, fallbackId, from }: Duty,
): boolean {
  if (personId !== holderId && personId !== fallbackId) return false;
  return Temporal.Instant.compare(at, from.subtract({ hours: arrivalEarlyHours })) >= 0;
}
