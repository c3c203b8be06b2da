import { type CalendarRow, type Day, type DayKind } from '@sightline/contracts';

/** What a day counts as for the watch. */
export interface KnownDay {
  readonly day: Day;
  readonly kind: DayKind;
  /** Of the holiday, also on its make-up workday; null = an ordinary day. */
  readonly name: string | null;
}

/** 日别. A day's kind: what the calendar says of it, else what its weekday says. */
export function dayKindOf(day: Day, calendar: ReadonlyMap<Day, CalendarRow>): KnownDay {
  const row = calendar.get(day);
  if (row !== undefined) return { day, kind: row.kind, name: row.name };
  const isWeekend = Temporal.PlainDate.from(day).dayOfWeek > 5;
  return { day, kind: isWeekend ? 'weekend' : 'workday', name: null };
}

/** Some days in a row, each as it counts. */
export function knownDays(
  { from, days }: { readonly from: Day; readonly days: number },
  calendar: readonly CalendarRow[],
): KnownDay[] {
  const byDay = new Map(calendar.map((row) => [row.day, row]));
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, index) =>
    dayKindOf(first.add({ days: index }).toString(), byDay),
  );
}

/** The days of a calendar month. */
export function daysOfMonth(month: string): { readonly from: Day; readonly days: number } {
  const first = Temporal.PlainYearMonth.from(month);
  return { from: `${month}-01`, days: first.daysInMonth };
}
