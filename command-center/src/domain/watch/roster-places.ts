import { type DutyPost, type RosterSlot, type ShiftKey } from '@sightline/contracts';

/** The key of one cell of the roster. */
export function placeOf(post: DutyPost, shift: ShiftKey): string {
  return `${post} ${shift}`;
}

/** The shift before or after another: day, night, day. */
export function neighbourOf(shift: ShiftKey, step: -1 | 1): ShiftKey {
  const [day = '', name] = shift.split('/');
  if (name === 'day' && step === 1) return `${day}/night`;
  if (name === 'night' && step === -1) return `${day}/day`;
  const other = Temporal.PlainDate.from(day).add({ days: step }).toString();
  return step === 1 ? `${other}/day` : `${other}/night`;
}

/**
 * How many shifts in a row somebody would watch, if they also held these (one, or a day and its night).
 * 带班 and 备勤 are on call and may last; 值班 is awake.
 */
export function watchShiftsInARow(
  table: ReadonlyMap<string, RosterSlot>,
  { person, shifts }: { readonly person: string; readonly shifts: readonly ShiftKey[] },
): number {
  const [first] = shifts;
  const last = shifts.at(-1);
  if (first === undefined || last === undefined) return 0;
  return (
    shifts.length +
    run(table, { person, from: first, step: -1 }) +
    run(table, { person, from: last, step: 1 })
  );
}

/** Three shifts in a row are too long already; nobody counts further. */
const countedAtMost = 3;

function run(
  table: ReadonlyMap<string, RosterSlot>,
  {
    person,
    from,
    step,
  }: { readonly person: string; readonly from: ShiftKey; readonly step: -1 | 1 },
): number {
  let count = 0;
  let shift = neighbourOf(from, step);
  while (count < countedAtMost && table.get(placeOf('watch', shift))?.personId === person) {
    count += 1;
    shift = neighbourOf(shift, step);
  }
  return count;
}
