import Type, { type Static } from 'typebox';

/** 班次. The day a shift began (it owns the whole night) and its name: 2026-11-23/night. */
export const ShiftKey = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}/(day|night)$' });
export type ShiftKey = Static<typeof ShiftKey>;

/** All watch rules think in this zone. */
export const watchZone = 'Asia/Shanghai';

export interface Shift {
  readonly key: ShiftKey;
  readonly name: 'day' | 'night';
  readonly from: Temporal.Instant;
  /** Exclusive. */
  readonly to: Temporal.Instant;
}

const dayFrom = Temporal.PlainTime.from('08:00');
const nightFrom = Temporal.PlainTime.from('20:00');

/**
 * The shift of the one fixed watch pattern (08:00–20:00–08:00, Asia/Shanghai) an instant belongs to.
 * Every instant belongs to exactly one; a night belongs to the day it began.
 */
export function shiftAt(instant: Temporal.Instant): Shift {
  const local = instant.toZonedDateTimeISO(watchZone);
  const time = local.toPlainTime();
  if (Temporal.PlainTime.compare(time, dayFrom) < 0) {
    return shiftOf(local.toPlainDate().subtract({ days: 1 }), 'night');
  }
  const name = Temporal.PlainTime.compare(time, nightFrom) < 0 ? 'day' : 'night';
  return shiftOf(local.toPlainDate(), name);
}

/** The shift of a key such as 2026-11-23/night. Throws on a key that is none. */
export function shiftFromKey(key: ShiftKey): Shift {
  const [date, name] = key.split('/');
  if (date === undefined || (name !== 'day' && name !== 'night')) {
    throw new Error(`"${key}" is no shift key: YYYY-MM-DD/day or /night is expected.`);
  }
  return shiftOf(Temporal.PlainDate.from(date), name);
}

function shiftOf(date: Temporal.PlainDate, name: 'day' | 'night'): Shift {
  const from = atLocal(date, name === 'day' ? dayFrom : nightFrom);
  const to = name === 'day' ? atLocal(date, nightFrom) : atLocal(date.add({ days: 1 }), dayFrom);
  return { key: `${date.toString()}/${name}`, name, from, to };
}

function atLocal(date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: watchZone, plainTime: time }).toInstant();
}
