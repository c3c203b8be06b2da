import { timeZone } from '@sightline/look';

/** A day and a time of the villages' clock as the instant they mean; null where one is not filled in. */
export function startInstant(day: string, time: string): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return null;
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).toInstant();
}

/** The next full half hour, as day and time of the villages' clock. */
export function nextHalfHour(now: Temporal.Instant): {
  readonly day: string;
  readonly time: string;
} {
  const start = now
    .add({ minutes: 30 })
    .toZonedDateTimeISO(timeZone)
    .round({ smallestUnit: 'minute', roundingIncrement: 30, roundingMode: 'floor' });
  return { day: start.toPlainDate().toString(), time: start.toPlainTime().toString().slice(0, 5) };
}
