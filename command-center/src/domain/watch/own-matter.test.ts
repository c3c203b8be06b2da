import { isRefusal, type ShiftChangeAsk } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { decideShiftChange } from './decide-shift-change.ts';
import { isOwnMatter, nobody, type Self } from './own-matter.ts';

const leave: ShiftChangeAsk = {
  kind: 'leave',
  changeId: '00000000-0000-4000-8000-000000000000',
  personId: 'b',
  otherId: 'a',
  duty: { post: 'watch', day: '2026-11-24', span: 'day' },
};
const agreed = { ask: leave, state: 'agreed', askedBy: 'account:1', words: [] } as const;
const ground = {
  now: Temporal.Instant.from('2026-11-23T04:00:00Z'),
  slots: [{ post: 'watch', shift: '2026-11-24/day', personId: 'b', fallbackId: null }] as const,
  people: ['a', 'b'],
  away: [],
};
const [isA, isOneToo]: readonly Self[] = [
  { people: ['a'], actors: ['person:a'] },
  { people: ['x'], actors: ['person:x', 'account:1'] },
];

test('something is one’s own by whom it is about, by who said it, or by another account of the same person', () => {
  const matter = { people: ['a'], actors: ['account:1', null] };
  expect(isOwnMatter({ people: ['a'], actors: [] }, matter)).toBe(true);
  expect(isOwnMatter({ people: ['x'], actors: ['account:1'] }, matter)).toBe(true);
  expect(isOwnMatter({ people: ['x'], actors: ['person:x'] }, matter)).toBe(false);
  expect(isOwnMatter(nobody, { people: ['a'], actors: [null] })).toBe(false);
});

test('who is one of the two decides it under no account, nor the asker under another one; back it may be taken', () => {
  const codeOf = (actor: string, self: Self, decision: 'approved' | 'refused' | 'withdrawn') => {
    const command = { kind: 'decide', decision } as const;
    const decided = decideShiftChange(agreed, command, { ...ground, actor, self });
    return isRefusal(decided) ? decided.code : null;
  };
  for (const self of [isA, isOneToo]) {
    if (self === undefined) throw new Error('Nobody is there.');
    expect(codeOf('account:3', self, 'approved')).toBe('own-matter');
    expect(codeOf('account:3', self, 'refused')).toBe('own-matter');
  }
  expect(codeOf('account:2', nobody, 'approved')).toBeNull();
  expect(codeOf('account:1', isA ?? nobody, 'withdrawn')).toBeNull();
});

test('nobody takes over a duty on a day they are away', () => {
  const away = [{ personId: 'a', from: '2026-11-20', to: '2026-11-24' }];
  const asking = { kind: 'ask', ask: leave, saidBy: 'console' } as const;
  const by = { ...ground, actor: 'account:1', self: nobody };
  const decided = decideShiftChange(null, asking, { ...by, away });
  expect(isRefusal(decided) && decided.code).toBe('person-away');
  expect(isRefusal(decideShiftChange(null, asking, by))).toBe(false);
});
