import { isRefusal, type TerminalCheck } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideAnswer, isOpen, ringingCheck, undelivered, type KnownCheck } from './spot-check.ts';

const start = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const at = (seconds: number) => start.add({ seconds }).toString({ smallestUnit: 'millisecond' });
const check = (index: number, untilS: number, withdrawn = false): TerminalCheck => ({
  checkId: `0190a5d4-0000-7000-8000-00000000000${index}`,
  reason: 'routine',
  note: '',
  by: { login: 'd', roles: ['dispatcher'], region: '5402' },
  orderedAt: at(0),
  until: at(untilS),
  ...(withdrawn ? { withdrawn: true } : {}),
});
const checks = fc
  .array(fc.record({ untilS: fc.integer({ min: 1, max: 600 }), withdrawn: fc.boolean() }), {
    maxLength: 5,
  })
  .map((all) => all.map(({ untilS, withdrawn }, index) => check(index, untilS, withdrawn)));
const knownOf = (all: readonly TerminalCheck[]) =>
  fc.subarray([...all]).chain((some) =>
    fc.tuple(
      ...some.map(({ checkId }) =>
        fc
          .record({ answered: fc.boolean(), asked: fc.boolean() })
          .map(({ answered, asked }): KnownCheck => ({
            checkId,
            deliveredAt: at(1),
            shownAt: null,
            answeredAt: answered ? at(2) : null,
            personId: null,
            method: null,
            callAskedAt: asked ? at(2) : null,
          })),
      ),
    ),
  );
const scene = checks.chain((all) => fc.tuple(fc.constant(all), knownOf(all)));
const runs = { numRuns: 10_000, seed: 5402 };

it('rings never after the end, never withdrawn, never answered, and never by an unsure clock', () => {
  fc.assert(
    fc.property(
      scene,
      fc.integer({ min: 0, max: 700 }),
      fc.boolean(),
      ([all, known], s, certain) => {
        const time = { now: start.add({ seconds: s }), isCertain: certain };
        const ringing = ringingCheck(all, known, time);
        const mayRing = all.filter(({ checkId, until, withdrawn }) => {
          const mine = known.find((one) => one.checkId === checkId);
          const isFree = mine === undefined || (mine.answeredAt ?? mine.callAskedAt) === null;
          return certain && isFree && withdrawn !== true && at(s) < until;
        });
        expect(ringing === null).toBe(mayRing.length === 0);
        if (ringing === null) return;
        expect(isOpen(ringing, time)).toBe(true);
        expect(mayRing.every(({ until }) => ringing.until <= until)).toBe(true);
      },
    ),
    runs,
  );
});

it('says of every check once that it has it, the oldest first', () => {
  fc.assert(
    fc.property(scene, ([all, known]) => {
      const told = new Set(known.map(({ checkId }) => checkId));
      const expected = all.filter(({ checkId, withdrawn }) => !told.has(checkId) && !withdrawn);
      expect(undelivered(all, known)).toEqual(expected.toReversed());
    }),
    runs,
  );
});

it('takes one answer, from the village’s list, also after the end', () => {
  const person = { personId: 'a', name: '扎西', post: '' };
  const place = { terminalId: 't', region: '540235100201', isSimulated: false };
  const post = { ...place, people: [person], now: start };
  const known: KnownCheck = {
    checkId: check(1, 60).checkId,
    deliveredAt: at(1),
    shownAt: null,
    answeredAt: at(9),
    personId: 'a',
    method: 'pin',
    callAskedAt: null,
  };
  const byPin = { method: 'pin', personId: 'a' } as const;
  const codeOf = (value: unknown) => (isRefusal(value) ? value.code : null);
  const late = { ...post, now: start.add({ hours: 2 }) };
  expect(decideAnswer({ check: check(1, 60), known: null }, byPin, late)).toMatchObject({
    decision: 'record',
  });
  expect(decideAnswer({ check: check(1, 60), known }, byPin, post)).toEqual({
    decision: 'already',
    at: at(9),
  });
  expect(codeOf(decideAnswer({ check: undefined, known: null }, byPin, post))).toBe(
    'no-such-check',
  );
  expect(codeOf(decideAnswer({ check: check(1, 60, true), known: null }, byPin, post))).toBe(
    'check-withdrawn',
  );
  const stranger = { method: 'pin', personId: 'b' } as const;
  expect(codeOf(decideAnswer({ check: check(1, 60), known: null }, stranger, post))).toBe(
    'person-not-on-list',
  );
});
