import type { Language } from '@sightline/look';

const english =
  'January February March April May June July August September October November December';

/** 2026年11月 · 2026 ལོའི་ཟླ་ 11 · November 2026. */
export function monthWord(month: string, language: Language): string {
  const { year, month: number } = Temporal.PlainYearMonth.from(month);
  if (language === 'zh') return `${year}年${number}月`;
  if (language === 'en') return `${english.split(' ')[number - 1] ?? ''} ${year}`;
  return `${year} ལོའི་ཟླ་ ${number}`;
}
