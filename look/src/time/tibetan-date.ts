import { type RabByungDay, SolarDay } from 'tyme4ts';
import type { Language } from '#i18n/language.ts';
import { inTibetanDigits } from './tibetan-digits.ts';

/**
 * A day of the Tibetan calendar (藏历). Computed by tyme4ts from the Phugpa tables, not taken from
 * an almanac printed for the year: shown for orientation, never used to decide anything.
 */
export interface TibetanDate {
  /** The Gregorian year in which the Tibetan year begins. */
  readonly year: number;
  readonly month: number;
  readonly isLeapMonth: boolean;
  readonly day: number;
  /** The second of two days that carry the same number. */
  readonly isLeapDay: boolean;
  /** Month and day as written in Chinese: 十月十四. */
  readonly chinese: string;
}

/** The Tibetan day of a Gregorian one; null outside the tables (before 1951, after 2050). */
export function tibetanDateOf(date: Temporal.PlainDate): TibetanDate | null {
  return isInTables(date) ? describe(dayOf(date)) : null;
}

/**
 * The Tibetan days of some Gregorian ones in a row. The library walks from 1951 to each day it is asked
 * for; this walks once.
 */
export function tibetanDatesFrom(
  from: Temporal.PlainDate,
  count: number,
): readonly (TibetanDate | null)[] {
  const last = from.add({ days: count - 1 });
  if (!isInTables(from) || !isInTables(last)) {
    return Array.from({ length: count }, (_, index) => tibetanDateOf(from.add({ days: index })));
  }
  const first = dayOf(from);
  let month = first.getRabByungMonth();
  const days = month.getDays();
  const found = days.slice(days.findIndex((day) => day.toString() === first.toString()));
  while (found.length < count) {
    month = month.next(1);
    found.push(...month.getDays());
  }
  return found.slice(0, count).map(describe);
}

function isInTables({ year }: Temporal.PlainDate): boolean {
  return year >= 1951 && year <= 2050;
}

function dayOf({ year, month, day }: Temporal.PlainDate): RabByungDay {
  return SolarDay.fromYmd(year, month, day).getRabByungDay();
}

function describe(day: RabByungDay): TibetanDate {
  const month = day.getRabByungMonth();
  return {
    year: month.getRabByungYear().getYear(),
    month: month.getMonth(),
    isLeapMonth: month.isLeap(),
    day: day.getDay(),
    isLeapDay: day.isLeap(),
    chinese: `${month.getName()}${day.getName()}`,
  };
}

/** 藏历十月十四 · བོད་ཟླ་ ༡༠ ཚེས་ ༡༤ · Tibetan 14.10. */
export function formatTibetanDate(date: TibetanDate, language: Language): string {
  if (language === 'zh') return `藏历${date.chinese}`;
  if (language === 'en') {
    const leap = date.isLeapMonth ? ' (leap)' : '';
    return `Tibetan month ${date.month}${leap}, day ${date.day}`;
  }
  const leap = date.isLeapMonth ? 'ཤོལ་' : '';
  return `བོད་ཟླ་${leap} ${inTibetanDigits(date.month)} ཚེས་ ${inTibetanDigits(date.day)}`;
}
