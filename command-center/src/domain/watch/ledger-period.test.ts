import { expect, test } from 'vitest';
import { kindOf, periodOf, turned } from './ledger-period.ts';

test('a week begins on Monday, a month has its own length', () => {
  expect(periodOf('day', '2026-11-27')).toEqual({ from: '2026-11-27', to: '2026-11-27' });
  expect(periodOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(periodOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('turning goes to the neighbour of the same kind and back', () => {
  const january = { from: '2026-01-01', to: '2026-01-31' };
  expect(turned('month', january, 1)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  const some = { from: '2026-11-03', to: '2026-11-05' };
  expect(turned('any', some, -1)).toEqual({ from: '2026-10-31', to: '2026-11-02' });
  for (const kind of ['day', 'week', 'month'] as const) {
    const period = periodOf(kind, '2026-11-27');
    expect(turned(kind, turned(kind, period, 1), -1)).toEqual(period);
    expect(kindOf(period)).toBe(kind);
  }
  expect(kindOf(some)).toBe('any');
});
