import { SolarDay } from 'tyme4ts';
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
  if (date.year < 1951 || date.year > 2050) return null;
  const day = SolarDay.fromYmd(date.year, date.month, date.day).getRabByungDay();
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
