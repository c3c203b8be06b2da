import { dutiesOf, type DutyView, type RosterSlot } from '@sightline/contracts';
import { factInstant } from '@sightline/store';

/** The duties of some slots as JSON. */
export function dutyViews(slots: readonly RosterSlot[]): DutyView[] {
  return dutiesOf(slots).map((duty) => ({
    ...duty,
    from: factInstant(duty.from),
    to: factInstant(duty.to),
  }));
}

/** Everybody the slots name, once. */
export function peopleIn(slots: readonly RosterSlot[]): string[] {
  const ids = slots.flatMap(({ personId, fallbackId }) =>
    fallbackId === null ? [personId] : [personId, fallbackId],
  );
  return [...new Set(ids)];
}
