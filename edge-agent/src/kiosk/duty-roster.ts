import {
  dayOfShift,
  shiftAt,
  unpackRoster,
  type Desired,
  type Duty,
  type PackedRoster,
  type RosterSlot,
} from '@sightline/contracts';
import { dutiesNear } from '#domain/duty-today.ts';

/** 值班表 of this village as the terminal has it, unpacked once for each that came. */
export interface DutyRoster {
  /** Null = there is none, or none that reaches this instant. */
  slots(now: Temporal.Instant): readonly RosterSlot[] | null;
  /** The duties around an instant; none without a roster. */
  duties(now: Temporal.Instant): readonly Duty[];
}

export function dutyRoster(desired: () => Desired | null): DutyRoster {
  let known: { readonly packed: PackedRoster; readonly slots: readonly RosterSlot[] } | null = null;
  const slots = (now: Temporal.Instant): readonly RosterSlot[] | null => {
    const packed = desired()?.roster;
    if (packed === undefined || !reaches(packed, now)) return null;
    if (known?.packed !== packed) known = { packed, slots: unpackRoster(packed) };
    return known.slots;
  };
  return { slots, duties: (now) => dutiesNear(slots(now) ?? [], now) };
}

function reaches({ from, days }: PackedRoster, now: Temporal.Instant): boolean {
  const day = dayOfShift(shiftAt(now).key);
  const last = Temporal.PlainDate.from(from)
    .add({ days: days - 1 })
    .toString();
  return day >= from && day <= last;
}
