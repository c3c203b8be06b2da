import { expect, test } from 'vitest';
import { nextHalfHour, startInstant } from './start-time.ts';

test('a planned start is told in the villages’ own time, wherever the browser stands', () => {
  expect(startInstant('2026-12-01', '09:30')?.toString()).toBe('2026-12-01T01:30:00Z');
  expect(startInstant('2026-12-01', '')).toBeNull();
  expect(startInstant('', '09:30')).toBeNull();
});

test('a plan proposes the next half hour, over midnight too', () => {
  const at = (text: string) => nextHalfHour(Temporal.Instant.from(text));
  expect(at('2026-11-30T01:00:00Z')).toEqual({ day: '2026-11-30', time: '09:30' });
  expect(at('2026-11-30T01:29:59Z')).toEqual({ day: '2026-11-30', time: '09:30' });
  expect(at('2026-11-30T15:45:00Z')).toEqual({ day: '2026-12-01', time: '00:00' });
});
