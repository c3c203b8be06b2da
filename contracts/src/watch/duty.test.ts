import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shiftAt } from '../shift.ts';
import { dutiesAt, dutiesOf, dutyPosts, type RosterSlot } from './duty.ts';
import { packRoster, shiftsOf, unpackRoster } from './pack-roster.ts';

const from = '2026-01-28';
const days = 40;
const shifts = shiftsOf({ from, days });
const people = Array.from(
  { length: 6 },
  (_, n) => `00000000-0000-4000-8000-00000000000${String(n)}`,
);
const person = fc.constantFrom(...people);

/** At most one slot a post and shift, as the key of the table has it. */
const slots = fc
  .array(
    fc.record({
      post: fc.constantFrom(...dutyPosts),
      shift: fc.constantFrom(...shifts),
      personId: person,
      fallbackId: fc.option(person),
    }),
    { maxLength: 60 },
  )
  .map((drawn): RosterSlot[] => [
    ...new Map(drawn.map((slot) => [`${slot.post} ${slot.shift}`, slot])).values(),
  ]);
const first = Temporal.Instant.from('2026-01-28T00:00:00Z').epochMilliseconds;
const instant = fc
  .integer({ min: 0, max: days * 86_400_000 - 1 })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(first + ms));

it('maps no instant to two duties of a post, and a covered one to exactly one', () => {
  fc.assert(
    fc.property(slots, instant, (roster, now) => {
      const found = dutiesAt(dutiesOf(roster), now);
      for (const post of dutyPosts) {
        const slot = roster.find((each) => each.post === post && each.shift === shiftAt(now).key);
        const duties = found.filter((duty) => duty.post === post);
        expect(duties.map(({ personId }) => personId)).toEqual(
          slot === undefined ? [] : [slot.personId],
        );
      }
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

it('lets a night belong whole to the day it began', () => {
  fc.assert(
    fc.property(slots, instant, (roster, now) => {
      for (const duty of dutiesAt(dutiesOf(roster), now)) {
        expect(duty.day).toBe(shiftAt(now).key.slice(0, 10));
        const hours = duty.to.since(duty.from).total('hours');
        expect(hours).toBe(duty.span === 'full' ? 24 : 12);
      }
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

it('makes one duty of a day and its night held by one person, and of a night and the next day two', () => {
  const [a = ''] = people;
  const of = (shift: string): RosterSlot => ({
    post: 'watch',
    shift,
    personId: a,
    fallbackId: null,
  });
  const whole = dutiesOf([of('2026-01-28/night'), of('2026-01-28/day')]);
  expect(whole.map(({ day, span }) => [day, span])).toEqual([['2026-01-28', 'full']]);
  const two = dutiesOf([of('2026-01-28/night'), of('2026-01-29/day')]);
  expect(two.map(({ day, span }) => [day, span])).toEqual([
    ['2026-01-28', 'night'],
    ['2026-01-29', 'day'],
  ]);
});

it('packs and unpacks to the same roster', () => {
  const inOrder = (roster: readonly RosterSlot[]) =>
    roster.toSorted((a, b) => `${a.post} ${a.shift}`.localeCompare(`${b.post} ${b.shift}`));
  fc.assert(
    fc.property(slots, (roster) => {
      const packed = packRoster(roster, { from, days, posts: dutyPosts });
      expect(inOrder(unpackRoster(packed))).toEqual(inOrder(roster));
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

it('keeps what a terminal must know of five weeks below 2 KB', () => {
  const full = dutyPosts.flatMap((post) =>
    shifts.map((shift, n) => ({
      post,
      shift,
      personId: people[n % 6] ?? '',
      fallbackId: people[(n + 1) % 6] ?? null,
    })),
  );
  const packed = packRoster(full, { from, days: 37, posts: dutyPosts });
  expect(JSON.stringify(packed).length).toBeLessThan(2_000);
});
