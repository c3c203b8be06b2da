import {
  dutiesOf,
  unpackRoster,
  type CorrectedDuty,
  type Duty,
  type PackedRoster,
} from '@sightline/contracts';

/** The duties of one person that have begun, newest first: those this terminal's roster still speaks of. */
export function ownDuties(
  roster: PackedRoster | undefined,
  { personId, now }: { readonly personId: string; readonly now: Temporal.Instant },
): Duty[] {
  if (roster === undefined) return [];
  return dutiesOf(unpackRoster(roster))
    .filter((duty) => duty.personId === personId && Temporal.Instant.compare(duty.from, now) <= 0)
    .toReversed();
}

/** The shifts in which a check-in may have been made for a duty. */
export function shiftsOfDuty({ day, span }: Pick<Duty, 'day' | 'span'>): readonly string[] {
  return span === 'full' ? [`${day}/day`, `${day}/night`] : [`${day}/${span}`];
}

export function isSameDuty(a: CorrectedDuty, b: CorrectedDuty): boolean {
  return a.post === b.post && a.day === b.day && a.span === b.span;
}
