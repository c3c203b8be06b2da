import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStateOf, foldSpotCheck, type CheckMark } from './fold-spot-check.ts';

const orderedMs = Date.UTC(2026, 10, 23, 4);
const untilMs = orderedMs + 300_000;
const window = { orderedMs, untilMs };
const runs = { numRuns: 10_000, seed: 5402 };
const people = ['a', 'b'];
const isOfVillage = (personId: string) => people.includes(personId);
const fold = (marks: readonly CheckMark[]) => foldSpotCheck(marks, window, isOfVillage);

/** What really happened: when it was made by the true time, and how long it took to arrive. */
interface Happening {
  readonly kind: CheckMark['kind'];
  readonly boot: number;
  readonly madeMs: number;
  readonly delayMs: number;
  readonly personId: string;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom('delivered', 'shown', 'answered', 'call-asked'),
  boot: fc.integer({ min: 0, max: 1 }),
  madeMs: fc.integer({ min: orderedMs, max: untilMs + 400_000 }),
  delayMs: fc.oneof(fc.constant(40), fc.integer({ min: 0, max: 3_700_000 })),
  personId: fc.constantFrom('a', 'b', 'stranger'),
});
const happenings = fc.array(happening, { maxLength: 9 });
const bootAtMs = [orderedMs - 86_400_000, orderedMs - 5_000];

function marksOf(story: readonly Happening[]): CheckMark[] {
  return story.map(({ kind, boot, madeMs, delayMs, personId }, position) => ({
    kind,
    position,
    receivedMs: madeMs + delayMs,
    bootId: `boot-${boot}`,
    uptimeMs: madeMs - (bootAtMs[boot] ?? 0),
    personId: kind === 'answered' ? personId : null,
    method: kind === 'answered' ? 'pin' : null,
  }));
}

describe('the funnel of a village', () => {
  it('never has a stage without those before it', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { deliveredMs, shownMs, answeredMs, cameTooLateMs, callAskedMs } = fold(
          marksOf(story),
        );
        if (answeredMs !== null) expect(shownMs).toBeLessThanOrEqual(answeredMs);
        if (shownMs !== null) expect(deliveredMs).toBeLessThanOrEqual(shownMs);
        if (callAskedMs !== null) expect(deliveredMs).toBeLessThanOrEqual(callAskedMs);
        if (cameTooLateMs !== null) expect(deliveredMs).toBeNull();
      }),
      runs,
    );
  });

  it('is the same in whatever order, and however often, the facts come', () => {
    const shuffled = happenings.chain((story) =>
      fc.tuple(
        fc.constant(marksOf(story)),
        fc.shuffledSubarray([...marksOf(story), ...marksOf(story)], {
          minLength: 2 * story.length,
          maxLength: 2 * story.length,
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([marks, again]) => {
        expect(fold(again)).toEqual(fold(marks));
      }),
      runs,
    );
  });

  it('has an answer only from a person of the village, and one that came late is kept as late', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { answeredMs, answeredLateMs, personId, method } = fold(marksOf(story));
        const own = story.filter(
          ({ kind, personId: who }) => kind === 'answered' && isOfVillage(who),
        );
        expect(personId === null).toBe(own.length === 0);
        expect(method === null).toBe(own.length === 0);
        if (personId !== null) expect(isOfVillage(personId)).toBe(true);
        expect((answeredMs ?? answeredLateMs) === null).toBe(own.length === 0);
        if (answeredMs !== null) expect(answeredMs).toBeLessThanOrEqual(untilMs);
        if (answeredLateMs !== null) expect(answeredLateMs).toBeGreaterThan(untilMs);
      }),
      runs,
    );
  });

  it('is never dated before it happened, nor after the server had it', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { answeredMs, answeredLateMs } = fold(marksOf(story));
        const own = story.filter(
          ({ kind, personId }) => kind === 'answered' && isOfVillage(personId),
        );
        const dated = answeredMs ?? answeredLateMs;
        if (dated === null) return;
        expect(dated).toBeGreaterThanOrEqual(Math.min(...own.map(({ madeMs }) => madeMs)));
        expect(dated).toBeLessThanOrEqual(
          Math.min(...own.map(({ madeMs, delayMs }) => madeMs + delayMs)),
        );
      }),
      runs,
    );
  });

  it('takes the answer’s time from the running of one boot: no clock and no delay changes it', () => {
    const answer = fc.record({
      shownAfterMs: fc.integer({ min: 0, max: 100_000 }),
      thinkingMs: fc.integer({ min: 0, max: 100_000 }),
      delays: fc.tuple(
        fc.integer({ min: 0, max: 7_200_000 }),
        fc.integer({ min: 0, max: 7_200_000 }),
      ),
      boots: fc.constantFrom([0, 0] as const, [0, 1] as const),
    });
    fc.assert(
      fc.property(answer, ({ shownAfterMs, thinkingMs, delays, boots }) => {
        const madeMs = orderedMs + shownAfterMs;
        const story: Happening[] = [
          { kind: 'shown', boot: boots[0], madeMs, delayMs: delays[0], personId: 'a' },
          {
            kind: 'answered',
            boot: boots[1],
            madeMs: madeMs + thinkingMs,
            delayMs: delays[1],
            personId: 'a',
          },
        ];
        expect(fold(marksOf(story)).answerMs).toBe(boots[0] === boots[1] ? thinkingMs : null);
      }),
      runs,
    );
  });
});

it('an answer that waited out a broken link counts by the "shown" that came before', () => {
  const inTime: Happening[] = [
    { kind: 'shown', boot: 0, madeMs: orderedMs + 2_000, delayMs: 50, personId: 'a' },
    { kind: 'answered', boot: 0, madeMs: orderedMs + 9_000, delayMs: 3_600_000, personId: 'a' },
  ];
  expect(fold(marksOf(inTime))).toMatchObject({ answeredMs: orderedMs + 9_050, answerMs: 7_000 });
});

it('what came after the end was not delivered, whatever the village says of its clock', () => {
  const late: Happening[] = [
    { kind: 'delivered', boot: 0, madeMs: untilMs + 60_000, delayMs: 40, personId: 'a' },
  ];
  const village = fold(marksOf(late));
  expect(village).toMatchObject({ deliveredMs: null, cameTooLateMs: untilMs + 60_040 });
  expect(checkStateOf({ ...village, calledBackReached: false })).toBe('too-late');
});

it('a village that asked to be called has answered once somebody spoke to it', () => {
  const asked: Happening[] = [
    { kind: 'call-asked', boot: 0, madeMs: orderedMs + 5_000, delayMs: 40, personId: 'a' },
  ];
  const village = fold(marksOf(asked));
  expect(checkStateOf({ ...village, calledBackReached: false })).toBe('call-asked');
  expect(checkStateOf({ ...village, calledBackReached: true })).toBe('answered');
});
