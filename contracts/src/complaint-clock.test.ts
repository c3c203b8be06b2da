import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ComplaintKind, ComplaintSentence } from './complaint-api.ts';
import {
  complaintKinds,
  complaintSentences,
  receiptOfComplaint,
  spellReceipt,
} from './complaint.ts';
import { answerClock, answerDueAt } from './complaint-clock.ts';

const dayMs = 24 * 3_600_000;
const start = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const instants = fc
  .integer({ min: -400 * dayMs, max: 400 * dayMs })
  .map((milliseconds) => start.add({ milliseconds }));

test('an answer is over exactly after its due instant, and never says less than a day', () => {
  fc.assert(
    fc.property(instants, instants, fc.integer({ min: 1, max: 60 }), (from, now, days) => {
      const dueAt = answerDueAt(from, days);
      const clock = answerClock(dueAt, now);
      const isAfter = Temporal.Instant.compare(now, dueAt) > 0;
      expect(clock.kind).toBe(isAfter ? 'over' : 'left');
      expect(clock.days).toBeGreaterThanOrEqual(1);
      expect(Number.isInteger(clock.days)).toBe(true);
    }),
    { seed: 5402, numRuns: 2_000 },
  );
});

test('it runs one way: a day later there is one day less left, or one day more over', () => {
  const signed = (dueAt: Temporal.Instant, now: Temporal.Instant) => {
    const { kind, days } = answerClock(dueAt, now);
    return kind === 'left' ? days : -days;
  };
  fc.assert(
    fc.property(instants, instants, (dueAt, now) => {
      const before = signed(dueAt, now);
      const after = signed(dueAt, now.add({ hours: 24 }));
      // From the last day left to the first day over there is no day nought; the due instant is the one
      // that is both a day before and the end.
      const isDue = now.equals(dueAt);
      expect(before - after).toBe(
        before > 0 && after < 0 && !isDue ? before - after : isDue ? 2 : 1,
      );
      expect(after).toBeLessThan(before);
    }),
    { seed: 5402, numRuns: 2_000 },
  );
});

test.each([
  [0, { kind: 'left', days: 7 }],
  [4 * dayMs, { kind: 'left', days: 3 }],
  [7 * dayMs, { kind: 'left', days: 1 }],
  [7 * dayMs + 1, { kind: 'over', days: 1 }],
  [9 * dayMs, { kind: 'over', days: 2 }],
] as const)('%i ms after it came, seven days are %o', (milliseconds, expected) => {
  expect(answerClock(answerDueAt(start, 7), start.add({ milliseconds }))).toEqual(expected);
});

test('a receipt is nine digits of the id, the same everywhere, and is spelt in threes', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const receipt = receiptOfComplaint(id);
      expect(receipt).toMatch(/^\d{9}$/);
      expect(receiptOfComplaint(id)).toBe(receipt);
      expect(spellReceipt(receipt)).toMatch(/^\d{3} \d{3} \d{3}$/);
    }),
    { seed: 5402 },
  );
  expect(receiptOfComplaint('0190a5d4-0000-7000-8000-000000000042')).toBe('000000066');
});

test('pages offer every kind and sentence that the schemas take, and no other', () => {
  const codesOf = (union: { readonly anyOf: readonly { readonly const: string }[] }) =>
    union.anyOf.map((literal) => literal.const);
  expect(codesOf(ComplaintKind)).toEqual([...complaintKinds]);
  expect(codesOf(ComplaintSentence)).toEqual([...complaintSentences]);
});
