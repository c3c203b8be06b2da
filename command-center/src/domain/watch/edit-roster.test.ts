import { isRefusal, type RosterSlot } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { countChanges, editSlots, keepFixed, refuseAway, windowAround } from './edit-roster.ts';
import { proposeFallback } from './propose-fallback.ts';

const now = Temporal.Instant.from('2026-11-23T13:00:00Z');
const slot = (shift: string, personId: string, post: 'lead' | 'watch' = 'watch'): RosterSlot => ({
  post,
  shift,
  personId,
  fallbackId: null,
});
const code = (result: unknown) => (isRefusal(result) ? result.code : result);

test('a slot is set or cleared, one that is over is not, and nobody is put on two posts', () => {
  const before = [slot('2026-11-23/night', 'a'), slot('2026-11-24/day', 'b', 'lead')];
  expect(editSlots(before, [{ ...slot('2026-11-24/day', 'a') }], now)).toHaveLength(3);
  expect(editSlots(before, [{ ...slot('2026-11-23/night', ''), personId: null }], now)).toEqual([
    before[1],
  ]);
  expect(code(editSlots(before, [slot('2026-11-23/day', 'a')], now))).toBe('shift-is-over');
  expect(code(editSlots(before, [slot('2026-11-24/day', 'b')], now))).toBe('two-posts');
  const own = { ...slot('2026-11-24/day', 'a'), fallbackId: 'a' };
  expect(code(editSlots(before, [own], now))).toBe('own-fallback');
  // One person moves from one post to the other in one go.
  const moved = [
    slot('2026-11-24/day', 'b'),
    { ...slot('2026-11-24/day', '', 'lead'), personId: null },
  ];
  expect(editSlots(before, moved, now)).toEqual([before[0], moved[0]]);
});

test('cells lie in a window of their days and posts, up to 62 days', () => {
  const cells = [slot('2026-11-30/day', 'a'), slot('2026-11-24/day', 'b', 'lead')];
  expect(windowAround(cells)).toEqual({ from: '2026-11-24', days: 7, posts: ['watch', 'lead'] });
  expect(code(windowAround([...cells, slot('2027-01-25/day', 'a')]))).toBe('too-far-apart');
});

test('what may not be changed stays, and changes are counted by cell', () => {
  const [before, after] = [
    [slot('2026-11-23/day', 'a'), slot('2026-11-24/day', 'a')],
    [slot('2026-11-24/day', 'b'), slot('2026-11-25/day', 'b')],
  ];
  const kept = keepFixed(before, after, (shift) => shift < '2026-11-24');
  expect(kept.map(({ personId }) => personId)).toEqual(['a', 'b', 'b']);
  expect(countChanges(before, kept)).toBe(2);
});

test('the fallback proposed is the one named, else the next who is free and rested', () => {
  const shift = '2026-11-24/day';
  const slots = [
    slot('2026-11-23/day', 'b'),
    slot('2026-11-23/night', 'b'),
    { ...slot(shift, 'a'), fallbackId: 'd' },
    slot(shift, 'c', 'lead'),
  ];
  const ground = { people: ['a', 'b', 'c', 'd', 'e'], pattern: undefined, slots, away: [] };
  const cell = { post: 'watch', shift, personId: 'a' } as const;
  expect(proposeFallback(cell, ground)).toBe('d');
  // d left, b has watched for 24 hours, c leads.
  expect(proposeFallback(cell, { ...ground, people: ['a', 'b', 'c', 'e'] })).toBe('e');
  // d is away.
  const away = [{ personId: 'd', from: '2026-11-24', to: '2026-11-24' }];
  expect(proposeFallback(cell, { ...ground, away })).toBe('e');
  const gap = { ...cell, post: 'standby', personId: null } as const;
  expect(proposeFallback(gap, { ...ground, people: ['a', 'b', 'c'] })).toBe('b');
  expect(proposeFallback(cell, { ...ground, people: ['a', 'b', 'c'] })).toBeNull();
});

test('nobody is put on a shift they are away in; where they stood already the other half may be changed', () => {
  const shift = '2026-11-24/day';
  const away = [{ personId: 'a', from: '2026-11-24', to: '2026-11-25' }];
  const put = { post: 'watch', shift, personId: 'a', fallbackId: null } as const;
  expect(refuseAway([], [put], away)?.code).toBe('person-away');
  expect(refuseAway([], [{ ...put, personId: 'b', fallbackId: 'a' }], away)?.code).toBe(
    'person-away',
  );
  expect(refuseAway([slot(shift, 'a')], [{ ...put, fallbackId: 'b' }], away)).toBeNull();
  expect(refuseAway([], [{ ...put, shift: '2026-11-26/day' }], away)).toBeNull();
});
