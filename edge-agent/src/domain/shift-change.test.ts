import { isRefusal, sidesOf, type TerminalShiftChange } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAnswer, isAsked, ownChanges, type KnownAnswer } from './shift-change.ts';

const at = '2026-11-23T13:46:00.000Z';
const people = ['ann', 'bo', 'cho'] as const;
const place = { terminalId: 'demo-1' };
const duty = { post: 'watch', day: '2026-11-24', span: 'day' } as const;
const change = (
  changeId: string,
  more: Partial<TerminalShiftChange> & { readonly kind?: 'leave' | 'take-over' } = {},
): TerminalShiftChange => {
  const { kind = 'leave', ...rest } = more;
  const ask = { kind, changeId, personId: 'ann', duty, otherId: 'bo' };
  return { ask, askedAt: at, state: 'asked', answers: [], ...rest };
};

const answer = fc.constantFrom('agreed' as const, 'declined' as const);
const told = fc
  .record({
    kind: fc.constantFrom('leave' as const, 'take-over' as const),
    state: fc.constantFrom(
      ...(['asked', 'agreed', 'declined', 'approved', 'refused', 'withdrawn'] as const),
    ),
    answers: fc.uniqueArray(
      fc.record({ personId: fc.constantFrom('ann', 'bo'), answer, at: fc.constant(at) }),
      { selector: ({ personId }) => personId, maxLength: 2 },
    ),
  })
  .map((drawn) => change('one', drawn));

test('of whatever is told and pressed, one answer a person and request becomes a fact, of its two people alone', () => {
  const presses = fc.array(fc.record({ personId: fc.constantFrom(...people), answer }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(told, presses, (one, pressed) => {
      let known: readonly KnownAnswer[] = [];
      for (const { personId, answer: said } of pressed) {
        const here = { changes: [one], known };
        const given = { changeId: 'one', personId, answer: said };
        const decided = decideAnswer(here, given, place);
        const mayStill =
          one.state === 'asked' || one.state === 'agreed' || one.state === 'declined';
        const hasSaid =
          known.some((before) => before.personId === personId) ||
          one.answers.some((before) => before.personId === personId);
        if (personId === 'cho') expect(decided).toMatchObject({ code: 'no-such-change' });
        else if (hasSaid) expect(decided).toEqual({ decision: 'already' });
        else if (!mayStill) expect(decided).toMatchObject({ code: 'change-ended' });
        else expect(decided).toMatchObject({ decision: 'record', data: { answer: said } });
        if (isRefusal(decided) || decided.decision === 'already') continue;
        known = [...known, { changeId: 'one', personId, answer: said, at }];
        // What was pressed is shown to that person from now on, and nobody is asked twice.
        expect(ownChanges({ changes: [one], known }, personId)[0]?.own?.answer).toBe(said);
        expect(isAsked({ changes: [one], known }, personId)).toBe(false);
      }
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

test('who is asked is marked until they answer: who stands in for leave, the holder of a take-over', () => {
  for (const kind of ['leave', 'take-over'] as const) {
    const one = change('one', { kind });
    const { asker, asked } = sidesOf(one.ask);
    const here = { changes: [one], known: [] };
    expect([isAsked(here, asked), isAsked(here, asker), isAsked(here, 'cho')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isAsked({ ...here, changes: [{ ...one, state: 'agreed' }] }, asked)).toBe(false);
  }
});

test('an answer that the centre did not count before the end came too late; a yes that nobody said here was noted', () => {
  const known = [{ changeId: 'one', personId: 'bo', answer: 'agreed', at }] as const;
  const of = (one: TerminalShiftChange, said: readonly KnownAnswer[] = known) =>
    ownChanges({ changes: [one], known: said }, 'bo')[0];
  expect(of(change('one'))?.own).toEqual({ answer: 'agreed', at, isLate: false });
  expect(of(change('one', { state: 'withdrawn' }))?.own?.isLate).toBe(true);
  const counted = [{ personId: 'bo', answer: 'agreed', at }] as const;
  const approved = change('one', { state: 'approved', answers: [...counted] });
  expect(of(approved)).toMatchObject({ own: { isLate: false }, isNoted: false });
  expect(of(change('one', { state: 'agreed' }), [])).toMatchObject({ own: null, isNoted: true });
});
