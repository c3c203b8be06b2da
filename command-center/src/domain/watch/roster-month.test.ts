import type { Away, RosterPattern, RosterSlot } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { rosterDays, weeksOf } from './roster-month.ts';

const now = Temporal.Instant.from('2026-11-24T13:00:00Z'); // The night of the 24th has begun.
const every: RosterPattern = {
  shifts: 'full',
  dayKinds: ['workday', 'weekend', 'holiday'],
  rotation: 'daily',
  people: null,
};
const days = Array.from({ length: 30 }, (_, index) => ({
  day: `2026-11-${String(index + 1).padStart(2, '0')}`,
  kind: 'workday' as const,
  name: null,
  tibetan: null,
}));
const person = (personId: string, isActive = true) => ({
  personId,
  name: personId,
  title: '',
  isActive,
});
const slot = (post: RosterSlot['post'], shift: string, personId: string): RosterSlot => ({
  post,
  shift,
  personId,
  fallbackId: null,
});
const faultsOf = (slots: readonly RosterSlot[], away: readonly Away[] = []) =>
  rosterDays(
    { days, slots, patterns: { watch: every }, people: [person('a'), person('gone', false)], away },
    now,
  ).flatMap(({ lines }) =>
    lines.flatMap(({ post, day, night }) =>
      [day, night].flatMap(({ shift, fault }) =>
        fault === null ? [] : [`${post} ${shift} ${fault}`],
      ),
    ),
  );

test('what is empty is a gap from the running shift on, and not where no pattern asks for anybody', () => {
  const faults = faultsOf([]);
  expect(faults[0]).toBe('watch 2026-11-24/night gap');
  expect(faults).toHaveLength(13);
  expect(faults.every((fault) => fault.startsWith('watch '))).toBe(true);
});

test('two posts at once, a third watch in a row and somebody who left are told apart', () => {
  const kept = faultsOf([
    slot('lead', '2026-11-25/day', 'b'),
    slot('watch', '2026-11-25/day', 'b'),
    slot('watch', '2026-11-26/day', 'a'),
    slot('watch', '2026-11-26/night', 'a'),
    slot('watch', '2026-11-27/day', 'a'),
    slot('watch', '2026-11-28/day', 'gone'),
  ]).filter((fault) => !fault.endsWith('gap'));
  expect(kept).toEqual([
    'lead 2026-11-25/day two-posts',
    'watch 2026-11-25/day two-posts',
    'watch 2026-11-27/day too-long',
    'watch 2026-11-28/day left',
  ]);
});

test('who is away and still stands there is told, on those days alone', () => {
  const slots = [slot('watch', '2026-11-25/day', 'a'), slot('watch', '2026-11-27/day', 'a')];
  const kept = faultsOf(slots, [{ personId: 'a', from: '2026-11-20', to: '2026-11-25' }]);
  expect(kept.filter((fault) => !fault.endsWith('gap'))).toEqual(['watch 2026-11-25/day away']);
});

test('a month lies in weeks that begin on Monday', () => {
  const weeks = weeksOf(days);
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.findIndex((day) => day !== null)).toBe(6);
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
});
