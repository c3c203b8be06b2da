import { isRefusal, type AbsenceState } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAbsence, evolveAbsence, type AbsenceCommand } from './decide-absence.ts';
import { nobody, type Self } from './own-matter.ts';

const absenceId = '00000000-0000-4000-8000-000000000001';
const [tashi, stranger] = ['tashi', 'stranger'];
const today = '2026-11-23';
const own: Self = { people: [tashi], actors: [`person:${tashi}`] };
const week = { personId: tashi, from: '2026-11-25', to: '2026-12-01' };
const entering = (more: object = {}): AbsenceCommand => ({
  kind: 'enter',
  absenceId,
  ...week,
  ...more,
});
const code = (command: AbsenceCommand, state: AbsenceState | null = null, self: Self = nobody) => {
  const absence = state === null ? null : { ...week, state };
  const decided = decideAbsence(command, { absence, self, people: [tashi], today });
  return isRefusal(decided) ? decided.code : decided.type;
};

test('an officer writes down that somebody else of the list is away, within its limits', () => {
  expect(code(entering())).toBe('absence.entered');
  expect(code(entering(), null, own)).toBe('own-matter');
  expect(code(entering({ personId: stranger }))).toBe('person-not-on-list');
  expect(code(entering({ from: '2026-12-02' }))).toBe('absence-backwards');
  expect(code(entering({ to: '2027-02-24' }))).toBe('absence.entered');
  expect(code(entering({ to: '2027-02-25' }))).toBe('absence-too-long');
  expect(code(entering({ from: '2026-11-01', to: '2026-11-22' }))).toBe('absence-past');
  expect(code(entering({ from: '2026-11-01', to: '2026-11-23' }))).toBe('absence.entered');
  expect(code(entering({ from: '2027-12-01', to: '2027-12-01' }))).toBe('absence-too-far');
  expect(code(entering(), 'approved')).toBe('asked-before');
});

test('what somebody asked at the kiosk another one decides; nobody approves their own, and what ended stays', () => {
  const states = fc.constantFrom<AbsenceState[]>('asked', 'approved', 'refused', 'withdrawn');
  const decisions = fc.constantFrom('approved', 'refused', 'withdrawn');
  fc.assert(
    fc.property(states, decisions, fc.boolean(), (state, decision, isOwn) => {
      const absence = { ...week, state };
      const command = { kind: 'decide', absenceId, decision } as const;
      const self = isOwn ? own : nobody;
      const decided = decideAbsence(command, { absence, self, people: [tashi], today });
      const may =
        decision === 'withdrawn'
          ? state === 'asked' || state === 'approved'
          : state === 'asked' && !isOwn;
      expect(!isRefusal(decided)).toBe(may);
      if (!isRefusal(decided)) expect(evolveAbsence(state, decided)).toBe(decision);
    }),
    { numRuns: 1_000, seed: 5402 },
  );
});
