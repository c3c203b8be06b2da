import type { TerminalAppeal } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { ownAppeals, type KnownAppeal } from './own-appeals.ts';

const duty = { post: 'watch', day: '2026-11-22', span: 'full' } as const;
const known = (appealId: string, personId: string, at: string): KnownAppeal => ({
  appealId,
  personId,
  duty,
  at,
  reason: 'not-recognised',
});
const told = (appealId: string, more: Partial<TerminalAppeal>): TerminalAppeal => ({
  ...known(appealId, 'ann', '2026-11-22T10:00:00.000Z'),
  state: 'appealed',
  ...more,
});
const outcome = (verdict: 'on-time' | 'stands') =>
  ({ verdict, why: 'terminal-broken', decidedAt: '2026-11-23T10:00:00.000Z' }) as const;

test('what was said here waits until the centre tells of it, nobody else’s is shown, the newest comes first', () => {
  const here = [
    known('one', 'ann', '2026-11-22T10:00:00.000Z'),
    known('two', 'ann', '2026-11-22T11:00:00.000Z'),
    known('three', 'bo', '2026-11-22T12:00:00.000Z'),
  ];
  const appeals = ownAppeals(here, [told('one', { state: 'proposed' })], 'ann');
  expect(appeals.map(({ appealId, state }) => [appealId, state])).toEqual([
    ['two', 'waiting'],
    ['one', 'waiting'],
  ]);
});

test('an appeal is upheld when the finding was corrected, turned down when it stands, also by a refused proposal', () => {
  const states = [
    told('a', { state: 'approved', outcome: outcome('on-time') }),
    told('b', { state: 'approved', outcome: outcome('stands') }),
    told('c', { state: 'refused', outcome: outcome('on-time') }),
    told('d', { state: 'joined' }),
  ];
  const appeals = ownAppeals([], states, 'ann');
  expect(appeals.map(({ state }) => state)).toEqual([
    'upheld',
    'turned-down',
    'turned-down',
    'joined',
  ]);
  expect(appeals[0]?.outcome).toEqual(outcome('on-time'));
});
