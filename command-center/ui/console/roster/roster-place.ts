import { dateAt } from '@sightline/look';

/** What a route of the roster points at: a month, and a day of it where one is chosen. */
export interface RosterPlace {
  readonly month: string;
  readonly day: string | null;
}

/** `2026-11` or `2026-11-27`; anything else = the month that runs now. */
export function rosterPlaceOf(chosen: string | undefined, now: Temporal.Instant): RosterPlace {
  const text = chosen ?? '';
  if (/^20[0-9]{2}-(0[1-9]|1[0-2])$/.test(text)) return { month: text, day: null };
  if (/^20[0-9]{2}-(0[1-9]|1[0-2])-[0-9]{2}$/.test(text) && isDay(text)) {
    return { month: text.slice(0, 7), day: text };
  }
  return { month: dateAt(now).toPlainYearMonth().toString(), day: null };
}

function isDay(text: string): boolean {
  const { daysInMonth } = Temporal.PlainYearMonth.from(text.slice(0, 7));
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysInMonth;
}

/** The month so many months later. */
export function monthAfter(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
