import { handOverLimits, isRefusal } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foldHandOver,
  isWaitingFor,
  judgeAccepting,
  judgeFinishing,
  noHandOvers,
  openItems,
  refuseLeaving,
  type HandOverFact,
} from '#domain/fold-hand-over.ts';

const params = { numRuns: 10_000, seed: 5402 };
const shifts = ['2026-11-23/day', '2026-11-23/night', '2026-11-24/day'] as const;
const at = '2026-11-23T12:00:00.000Z';
const ids = ['a', 'b', 'c'] as const;

const anyFact: fc.Arbitrary<HandOverFact> = fc
  .record({
    kind: fc.constantFrom('left', 'accepted', 'done'),
    itemId: fc.constantFrom(...ids),
    personId: fc.constantFrom('ann', 'bo'),
    shift: fc.constantFrom(...shifts),
  })
  .map(({ kind, itemId, personId, shift }): HandOverFact => {
    const said = { itemId, personId, at };
    if (kind === 'left') return { ...said, type: 'hand-over.left', shift, sentences: [] };
    if (kind === 'accepted') return { ...said, type: 'hand-over.accepted', shift };
    return { ...said, type: 'hand-over.done' };
  });
const anyFacts = fc.array(anyFact, { maxLength: 12 });
const fold = (facts: readonly HandOverFact[]) => facts.reduce(foldHandOver, noHandOvers);

const left = (itemId: string, shift: string = shifts[0]): HandOverFact => ({
  type: 'hand-over.left',
  itemId,
  personId: 'ann',
  at,
  shift,
  sentences: ['road-closed'],
});

describe('foldHandOver', () => {
  test('an item goes left → accepted → done and never back, whatever comes after what', () => {
    const ranks = { left: 0, accepted: 1, done: 2 };
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let items = noHandOvers;
        for (const fact of facts) {
          const before = items.get(fact.itemId);
          items = foldHandOver(items, fact);
          const after = items.get(fact.itemId);
          if (before === undefined) continue;
          const step = ranks[after?.state ?? 'left'] - ranks[before.state];
          expect(step === 0 || step === 1).toBe(true);
          expect(after?.leftBy).toBe(before.leftBy);
        }
      }),
      params,
    );
  });

  test('every fact said twice, at once or later, changes nothing', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(), (facts, seed) => {
        const once = fold(facts);
        expect(fold(facts.flatMap((fact) => [fact, fact]))).toEqual(once);
        // A power cut says a fact again after the ones that followed it were told.
        const steps = facts.map((fact, index) => ({ fact, before: fold(facts.slice(0, index)) }));
        const told = steps.filter(({ fact, before }) => foldHandOver(before, fact) !== before);
        const again = told[seed % Math.max(1, told.length)];
        if (again !== undefined) expect(foldHandOver(once, again.fact)).toBe(once);
      }),
      params,
    );
  });

  test('what was left and accepted is done or open, never lost', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const items = fold(facts);
        const known = new Set(
          facts.filter(({ type }) => type === 'hand-over.left').map(({ itemId }) => itemId),
        );
        expect(new Set(items.keys())).toEqual(known);
        const open = openItems(items).map(({ itemId }) => itemId);
        const done = [...items.values()].filter(({ state }) => state === 'done');
        expect(open.length + done.length).toBe(known.size);
      }),
      params,
    );
  });

  test('a shift that accepted waits no more, every later one does; the one it was left in never', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...shifts), (facts, running) => {
        for (const item of openItems(fold(facts))) {
          const isLater = item.shift < running;
          expect(isWaitingFor(item, running)).toBe(isLater && !item.acceptedIn.includes(running));
        }
      }),
      params,
    );
  });
});

test('an item is accepted once a shift, done once, and not before somebody accepted it', () => {
  const items = fold([left('a')]);
  const refused = judgeFinishing(items, 'a');
  expect(isRefusal(refused) && refused.code).toBe('not-accepted');
  expect(judgeAccepting(items, 'a', shifts[1])).toBe('accept');
  const accepted = foldHandOver(items, {
    type: 'hand-over.accepted',
    itemId: 'a',
    personId: 'bo',
    at,
    shift: shifts[1],
  });
  expect(judgeAccepting(accepted, 'a', shifts[1])).toBe('already');
  expect(judgeAccepting(accepted, 'a', shifts[2])).toBe('accept');
  expect(judgeFinishing(accepted, 'a')).toBe('finish');
  const done = foldHandOver(accepted, { type: 'hand-over.done', itemId: 'a', personId: 'bo', at });
  expect(judgeFinishing(done, 'a')).toBe('already');
  expect(judgeAccepting(done, 'a', shifts[2])).toBe('already');
  const unknown = judgeAccepting(done, 'z', shifts[2]);
  expect(isRefusal(unknown) && unknown.code).toBe('no-such-item');
});

test('something must be said, and no terminal keeps more open items than it may', () => {
  const nothing = { sentences: [], text: '', hasVoice: false };
  expect(refuseLeaving(noHandOvers, nothing)?.code).toBe('nothing-handed-over');
  const said = { ...nothing, hasVoice: true };
  expect(refuseLeaving(noHandOvers, said)).toBeNull();
  const full = fold(Array.from({ length: handOverLimits.open }, (_, index) => left(String(index))));
  expect(refuseLeaving(full, said)?.code).toBe('hand-over-full');
});
