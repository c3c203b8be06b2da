import type { ComplaintState } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  refuseAnswer,
  refuseEmptyComplaint,
  refuseOwnComplaint,
  refuseReopening,
  refuseTakeUp,
} from './complaint.ts';

type Step = 'take-up' | 'answer' | 'reopen';

/** What a step leads to, spelt out: the second opinion. */
function walk(steps: readonly Step[]) {
  let state: ComplaintState = 'received';
  let hasBeenReopened = false;
  const done: Step[] = [];
  for (const step of steps) {
    const refusal =
      step === 'take-up'
        ? refuseTakeUp({ state })
        : step === 'answer'
          ? refuseAnswer({ state })
          : refuseReopening({ state, hasBeenReopened });
    if (refusal !== null) continue;
    done.push(step);
    if (step === 'reopen') hasBeenReopened = true;
    state = step === 'take-up' ? 'taken-up' : step === 'answer' ? 'answered' : 'reopened';
  }
  return { done, state };
}

test('whatever is tried in whatever order, there are at most two answers and one reopening, in turn', () => {
  const steps = fc.array(fc.constantFrom<Step>('take-up', 'answer', 'reopen'), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (tried) => {
      const { done } = walk(tried);
      const shape = done.map((step) => step[0]).join('');
      // t?a (r t?a?)?: take-up at most once before each answer.
      expect(shape).toMatch(/^(t?(a(rt?a?)?)?)$/);
    }),
    { seed: 5402, numRuns: 2_000 },
  );
});

test('a whole life is possible: taken up, answered, reopened, taken up and answered again', () => {
  const life: Step[] = ['take-up', 'answer', 'reopen', 'take-up', 'answer'];
  expect(walk(life)).toEqual({ done: life, state: 'answered' });
});

test('one who is named in it has nothing to do with it; everybody else has', () => {
  expect(refuseOwnComplaint({ aboutLogin: 'basang' }, 'basang')?.code).toBe('about-you');
  expect(refuseOwnComplaint({ aboutLogin: 'basang' }, 'nyima')).toBeNull();
  expect(refuseOwnComplaint({ aboutLogin: null }, 'basang')).toBeNull();
});

test('an empty one is none; blanks say nothing', () => {
  expect(refuseEmptyComplaint({ sentences: [], text: '  \n' })?.code).toBe('nothing-said');
  expect(refuseEmptyComplaint({ sentences: ['please-call'], text: '' })).toBeNull();
  expect(refuseEmptyComplaint({ sentences: [], text: '灯坏了' })).toBeNull();
});
