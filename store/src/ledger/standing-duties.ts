import {
  dutiesOf,
  shiftFromKey,
  type DutySpan,
  type RosterSlot,
  type StandingDuty,
} from '@sightline/contracts';

/** A slot of the roster, and since when it says so. */
export interface DatedSlot extends RosterSlot {
  /** ISO instant. */
  readonly setAt: string;
}

/** A row of the ledger as far as it fixes what was owed. */
export interface HeldDuty {
  readonly post: RosterSlot['post'];
  readonly day: string;
  readonly span: DutySpan;
  readonly personId: string;
  readonly fallbackId: string | null;
  readonly owedFrom: string;
  readonly judgedAt: string;
}

/**
 * What is owed on one day of one village. A shift that the ledger saw begun keeps whom it saw, whatever
 * the roster says now; of what had not begun the roster says all.
 */
export function standingDuties(
  slots: readonly DatedSlot[],
  held: readonly HeldDuty[],
): StandingDuty[] {
  const byPlace = new Map(slots.map((slot) => [`${slot.post} ${slot.shift}`, slot]));
  for (const slot of held.flatMap(begunSlots)) byPlace.set(`${slot.post} ${slot.shift}`, slot);
  const standing = [...byPlace.values()];
  return dutiesOf(standing).map((duty) => {
    const shift = `${duty.day}/${duty.span === 'night' ? 'night' : 'day'}`;
    const setAt = byPlace.get(`${duty.post} ${shift}`)?.setAt;
    const from = setAt === undefined ? duty.from : Temporal.Instant.from(setAt);
    return { ...duty, owedFrom: Temporal.Instant.compare(from, duty.from) > 0 ? from : duty.from };
  });
}

/** The shifts of a row that had begun when it was last judged. */
function begunSlots(row: HeldDuty): DatedSlot[] {
  const names = row.span === 'full' ? ['day', 'night'] : [row.span];
  const judgedAt = Temporal.Instant.from(row.judgedAt);
  return names
    .map((name) => `${row.day}/${name}`)
    .filter((shift) => Temporal.Instant.compare(shiftFromKey(shift).from, judgedAt) <= 0)
    .map((shift) => ({
      post: row.post,
      shift,
      personId: row.personId,
      fallbackId: row.fallbackId,
      setAt: row.owedFrom,
    }));
}
