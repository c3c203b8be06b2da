import { expect, test } from 'vitest';
import { formatDate, formatTime, dateAt } from './format-date.ts';
import { formatSince, formatSinceInstant } from './format-since.ts';
import { formatTibetanDate, tibetanDateOf, tibetanDatesFrom } from './tibetan-date.ts';
import { inTibetanDigits } from './tibetan-digits.ts';

const hundredAndNinetyTwoMinutes = Temporal.Duration.from({ minutes: 192, seconds: 40 });

test.each([
  ['PT45S', '45 秒'],
  ['PT59.9S', '59 秒'],
  ['PT1M', '1 分'],
  ['PT8M12S', '8 分'],
  ['PT3H12M', '3 小时 12 分'],
  ['PT3H', '3 小时'],
  ['PT53H10M', '2 天 5 小时'],
  ['-PT5S', '0 秒'],
])('%s is said as %s', (duration, said) => {
  expect(formatSince(Temporal.Duration.from(duration), 'zh')).toBe(said);
});

test('a length of time is said in English and in Tibetan digits', () => {
  expect(formatSince(hundredAndNinetyTwoMinutes, 'en')).toBe('3 h 12 min');
  expect(formatSince(hundredAndNinetyTwoMinutes, 'bo')).toBe('ཆུ་ཚོད་༣ སྐར་མ་༡༢');
});

test('since an instant counts from there to now', () => {
  const since = Temporal.Instant.from('2026-11-23T10:00:00Z');
  const now = Temporal.Instant.from('2026-11-23T13:12:30Z');
  expect(formatSinceInstant(since, now, 'zh')).toBe('3 小时 12 分');
});

test('dates and times are those of the villages, whatever zone the machine is in', () => {
  const late = Temporal.Instant.from('2026-11-22T16:30:05Z');
  expect(formatTime(late, 'second')).toBe('00:30:05');
  expect(formatTime(late, 'minute')).toBe('00:30');
  expect(formatDate(dateAt(late), 'zh')).toBe('2026年11月23日 星期一');
  expect(formatDate(dateAt(late), 'en')).toBe('Monday, 23 November 2026');
  expect(formatDate(dateAt(late), 'bo')).toBe('༢༠༢༦ ལོའི་ཟླ་ ༡༡ ཚེས་ ༢༣ གཟའ་ཟླ་བ།');
  expect(inTibetanDigits(1984)).toBe('༡༩༨༤');
});

// Losar dates as published for these years; an independent implementation agrees.
test.each([
  ['2024-02-10', 2024],
  ['2025-02-28', 2025],
  ['2026-02-18', 2026],
  ['2027-02-07', 2027],
])('%s is Losar, the first day of the Tibetan year', (day, year) => {
  expect(tibetanDateOf(Temporal.PlainDate.from(day))).toMatchObject({ year, month: 1, day: 1 });
  expect(tibetanDateOf(Temporal.PlainDate.from(day).subtract({ days: 1 }))?.month).toBe(12);
});

test('a Tibetan day is written in each language, and days beyond the tables are not guessed', () => {
  const day = tibetanDateOf(Temporal.PlainDate.from('2026-11-23'));
  if (day === null) throw new Error('2026-11-23 is inside the tables');
  expect(formatTibetanDate(day, 'zh')).toBe('藏历十月十四');
  expect(formatTibetanDate(day, 'bo')).toBe('བོད་ཟླ་ ༡༠ ཚེས་ ༡༤');
  expect(formatTibetanDate(day, 'en')).toBe('Tibetan month 10, day 14');
  expect(tibetanDateOf(Temporal.PlainDate.from('2051-01-01'))).toBeNull();
});

test('days in a row are the days one by one, over leap months, days left out and the tables’ end', () => {
  for (const start of ['2025-12-20', '2027-03-01', '2050-12-01']) {
    const from = Temporal.PlainDate.from(start);
    const row = tibetanDatesFrom(from, 120);
    for (let index = 0; index < 120; index += 7) {
      expect(row[index]).toEqual(tibetanDateOf(from.add({ days: index })));
    }
  }
});
