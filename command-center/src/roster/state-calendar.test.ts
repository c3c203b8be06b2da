import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownDays } from '#domain/watch/day-kind.ts';
import { stateCalendar } from './state-calendar.ts';

const calendar2026 = stateCalendar(2026, 1) ?? [];
const kinds2026 = new Map(
  knownDays({ from: '2026-01-01', days: 365 }, calendar2026).map((known) => [known.day, known]),
);

// 国务院办公厅 of November 2025, and the Tibetan calendar's first days as printed for these years.
test.each([
  ['2026-01-01', 'holiday', '元旦'],
  ['2026-01-04', 'workday', '元旦'],
  ['2026-02-14', 'workday', '春节'],
  ['2026-02-15', 'holiday', '春节'],
  ['2026-02-17', 'holiday', '春节'],
  ['2026-02-23', 'holiday', '春节'],
  ['2026-02-28', 'workday', '春节'],
  ['2026-04-06', 'holiday', '清明'],
  ['2026-05-05', 'holiday', '劳动节'],
  ['2026-05-09', 'workday', '劳动节'],
  ['2026-06-21', 'holiday', '端午'],
  ['2026-09-20', 'workday', '国庆节'],
  ['2026-09-25', 'holiday', '中秋'],
  ['2026-10-07', 'holiday', '国庆节'],
  ['2026-10-08', 'workday', null],
  ['2026-10-10', 'workday', '国庆节'],
  ['2026-11-22', 'weekend', null],
  ['2026-11-23', 'workday', null],
  ['2026-01-19', 'holiday', '后藏农民新年'],
])('%s is a %s', (day, kind, name) => {
  expect(kinds2026.get(day)).toEqual({ day, kind, name });
});

test('a festival of seven days lasts seven days, and leaves a holiday of the state its name', () => {
  const long = stateCalendar(2026, 7) ?? [];
  expect(long.filter(({ name }) => name === '后藏农民新年').map(({ day }) => day)).toEqual(
    Array.from({ length: 7 }, (_, n) => `2026-01-${19 + n}`),
  );
  // 藏历正月初一 is 2026-02-18, within 春节 up to the 23rd.
  expect(long.filter(({ name }) => name === '藏历新年').map(({ day }) => day)).toEqual([
    '2026-02-24',
  ]);
});

test('a year the state has not announced is not made up', () => {
  expect(stateCalendar(2049, 3)).toBeNull();
});

test('every day has one kind: a row decides, else its weekday alone', () => {
  const row = fc.record({
    day: fc
      .integer({ min: 0, max: 14 })
      .map((n) => Temporal.PlainDate.from('2026-01-20').add({ days: n }).toString()),
    kind: fc.constantFrom('holiday', 'workday'),
    name: fc.constantFrom('春节', '元旦'),
  });
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ day }) => day, maxLength: 8 }), (rows) => {
      const known = knownDays({ from: '2026-01-18', days: 18 }, rows);
      expect(new Set(known.map(({ day }) => day)).size).toBe(18);
      const wrong = known.filter(({ day, kind, name }) => {
        const told = rows.find((each) => each.day === day);
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        const plain = weekday === 0 || weekday === 6 ? 'weekend' : 'workday';
        return kind !== (told?.kind ?? plain) || name !== (told?.name ?? null);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});
