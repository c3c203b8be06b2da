import type { CalendarRow, Day, TibetanDay } from '@sightline/contracts';
import { tibetanDatesFrom } from '@sightline/look/tibetan-date';
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/** 藏历正月初一, and the farmers' new year of Tsang on 十二月初一. */
const newYears = [
  { month: 1, name: '藏历新年' },
  { month: 12, name: '后藏农民新年' },
] as const;

/**
 * The days of a year that are not what their weekday says: holidays and make-up workdays of the state as
 * the library has them, and so many days of the two Tibetan new years, which are computed. A make-up
 * workday on such a day stays a holiday there. Null where the state has not announced that year yet.
 */
export function stateCalendar(year: number, festivalDays: number): CalendarRow[] | null {
  const rows = [...rowsOf('holidays', 'holiday', year), ...rowsOf('workdays', 'workday', year)];
  if (rows.length === 0) return null;
  const byDay = new Map(rows.map((row) => [row.day, row]));
  for (const row of newYearDays(year, festivalDays)) {
    if (byDay.get(row.day)?.kind !== 'holiday') byDay.set(row.day, row);
  }
  return [...byDay.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** `Spring Festival,春节,4` → 春节. */
function rowsOf(
  list: 'holidays' | 'workdays',
  kind: CalendarRow['kind'],
  year: number,
): CalendarRow[] {
  return Object.entries(published[list])
    .filter(([day]) => day.startsWith(`${year}-`))
    .map(([day, words]) => ({ day, kind, name: words.split(',')[1] ?? words }));
}

function newYearDays(year: number, festivalDays: number): CalendarRow[] {
  // From the last day before the year on: a month's first day is told by the day before it.
  const from = Temporal.PlainDate.from({ year: year - 1, month: 12, day: 31 });
  const tibetan = tibetanDatesFrom(from, from.add({ days: 1 }).daysInYear + 1);
  return newYears.flatMap(({ month, name }) =>
    tibetan.flatMap((date, index) => {
      // Also where the month's first day is one that the Tibetan calendar leaves out.
      const isFirst = index > 0 && date?.month === month && tibetan[index - 1]?.month !== month;
      if (!isFirst) return [];
      const first = from.add({ days: index });
      return Array.from({ length: festivalDays }, (_, n) => first.add({ days: n }))
        .filter((each) => each.year === year)
        .map((each): CalendarRow => ({ day: each.toString(), kind: 'holiday', name }));
    }),
  );
}

/** 藏历. Of some days in a row, for a page to show; null outside the tables. */
export function tibetanDays({
  from,
  days,
}: {
  readonly from: Day;
  readonly days: number;
}): readonly (TibetanDay | null)[] {
  return tibetanDatesFrom(Temporal.PlainDate.from(from), days);
}
