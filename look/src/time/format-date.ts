import type { Language } from '#i18n/language.ts';
import { inTibetanDigits } from './tibetan-digits.ts';

/** Everything is told in the time of the villages, wherever the browser stands. */
export const timeZone = 'Asia/Shanghai';

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  zh: ['一', '二', '三', '四', '五', '六', '日'].map((name) => `星期${name}`),
  bo: ['ཟླ་བ།', 'མིག་དམར།', 'ལྷག་པ།', 'ཕུར་བུ།', 'པ་སངས།', 'སྤེན་པ།', 'ཉི་མ།'].map((name) => `གཟའ་${name}`),
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** 2026年11月23日 星期一 · ༢༠༢༦ ལོའི་ཟླ་ ༡༡ ཚེས་ ༢༣ གཟའ་ཟླ་བ། · Monday, 23 November 2026. */
export function formatDate(date: Temporal.PlainDate, language: Language): string {
  const weekday = weekdays[language][date.dayOfWeek - 1] ?? '';
  if (language === 'zh') return `${date.year}年${date.month}月${date.day}日 ${weekday}`;
  if (language === 'en') {
    return `${weekday}, ${date.day} ${englishMonths[date.month - 1] ?? ''} ${date.year}`;
  }
  const [year, month, day] = [date.year, date.month, date.day].map(inTibetanDigits);
  return `${year} ལོའི་ཟླ་ ${month} ཚེས་ ${day} ${weekday}`;
}

/** 21:47 or 21:47:06, 24 hours, in the villages' time; the same in every language. */
export function formatTime(instant: Temporal.Instant, precision: 'minute' | 'second'): string {
  const time = instant.toZonedDateTimeISO(timeZone).toPlainTime();
  return time.toString({ smallestUnit: precision });
}

/** The villages' day at an instant. */
export function dateAt(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate();
}
