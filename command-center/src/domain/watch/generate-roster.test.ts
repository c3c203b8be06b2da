import {
  dutyPosts,
  isAway,
  type RosterPattern,
  type RosterPatterns,
  type RosterSlot,
} from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownDays } from './day-kind.ts';
import { generateRoster, rolesOf, type RosterPlan } from './generate-roster.ts';
import { placeOf, watchShiftsInARow } from './roster-places.ts';

const runs = { numRuns: 10_000, seed: 5402 };
const everyKind = ['workday', 'weekend', 'holiday'] as const;
const names = Array.from({ length: 6 }, (_, n) => `p${n}`);
const days = knownDays({ from: '2026-09-28', days: 7 }, [
  { day: '2026-10-01', kind: 'holiday', name: '国庆节' },
  { day: '2026-10-02', kind: 'holiday', name: '国庆节' },
  { day: '2026-10-03', kind: 'holiday', name: '国庆节' },
]);

const pattern = fc.record({
  shifts: fc.constantFrom('day', 'night', 'full', 'day-and-night'),
  dayKinds: fc.subarray([...everyKind], { minLength: 1 }),
  rotation: fc.constantFrom('daily', 'weekly'),
  people: fc.option(fc.subarray(names, { minLength: 1 })),
}) satisfies fc.Arbitrary<RosterPattern>;
const patterns: fc.Arbitrary<RosterPatterns> = fc
  .tuple(fc.option(pattern), fc.option(pattern), fc.option(pattern))
  .map((drawn) =>
    Object.fromEntries(
      dutyPosts.flatMap((post, index) => {
        const one = drawn[index] ?? null;
        return one === null ? [] : [[post, one] as const];
      }),
    ),
  );
const standing = fc
  .array(
    fc.record({
      post: fc.constantFrom(...dutyPosts),
      shift: fc
        .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('day', 'night'))
        .map(
          ([n, name]) =>
            `${Temporal.PlainDate.from('2026-09-25').add({ days: n }).toString()}/${name}`,
        ),
      personId: fc.constantFrom(...names),
      fallbackId: fc.constant(null),
    }),
    { maxLength: 5 },
  )
  .map((slots): RosterSlot[] => [
    // As the table has it: one person a place, and here nobody on two posts.
    ...new Map(
      [...new Map(slots.map((slot) => [placeOf(slot.post, slot.shift), slot])).values()].map(
        (slot) => [`${slot.personId} ${slot.shift}`, slot],
      ),
    ).values(),
  ]);
const plan: fc.Arbitrary<RosterPlan> = fc.record({
  people: fc.integer({ min: 0, max: names.length }).map((count) => names.slice(0, count)),
  patterns,
  days: fc.constant(days),
  slots: standing,
  mode: fc.constantFrom('fill', 'replace'),
  away: fc.array(
    fc.record({
      personId: fc.constantFrom(...names),
      from: fc.constantFrom('2026-09-20', '2026-09-29', '2026-10-01'),
      to: fc.constantFrom('2026-10-01', '2026-10-03', '2026-10-20'),
    }),
    { maxLength: 3 },
  ),
});

test('whoever is away is put nowhere, nor named as a fallback', () => {
  fc.assert(
    fc.property(plan, (drawn) => {
      const { slots } = generateRoster(drawn);
      const ofPattern = slots.filter(({ post }) => drawn.patterns[post] !== undefined);
      const gone = ofPattern.filter(({ personId, fallbackId, shift }) =>
        [personId, fallbackId].some((id) => id !== null && isAway(drawn.away, id, shift)),
      );
      expect(gone).toEqual([]);
    }),
    runs,
  );
});

test('whoever was away makes up for nothing: afterwards turns are shared as if they had been there', () => {
  const people = names.slice(0, 3);
  const lead: RosterPattern = {
    shifts: 'full',
    dayKinds: [...everyKind],
    rotation: 'daily',
    people: null,
  };
  const span = knownDays({ from: '2026-11-02', days: 24 }, []);
  const away = [{ personId: 'p1', from: '2026-11-02', to: '2026-11-13' }];
  const { slots, gaps } = generateRoster({
    people,
    patterns: { lead },
    days: span,
    slots: [],
    mode: 'replace',
    away,
  });
  const held = slots.filter(({ shift }) => shift >= '2026-11-14' && shift.endsWith('/day'));
  const turns = people.map((id) => held.filter(({ personId }) => personId === id).length);
  expect(gaps).toBe(0);
  expect(turns).toEqual([4, 4, 4]);
});

test('nobody stands on two posts at once, nor is their own fallback, nor is anybody off the list named', () => {
  fc.assert(
    fc.property(plan, (drawn) => {
      const { slots } = generateRoster(drawn);
      const fresh = slots.filter((slot) => !drawn.slots.includes(slot));
      const held = new Set(slots.map(({ personId, shift }) => `${personId} ${shift}`));
      expect(held.size).toBe(slots.length);
      const wrong = fresh.filter(({ post, shift, personId, fallbackId }) => {
        const isOffList = [personId, fallbackId].some(
          (id) => id !== null && !drawn.people.includes(id),
        );
        return (
          held.has(`${fallbackId} ${shift}`) || (drawn.patterns[post] !== undefined && isOffList)
        );
      });
      expect(wrong).toEqual([]);
    }),
    runs,
  );
});

test('the pattern’s shifts are held, or counted as gaps; what stands outside it stays', () => {
  fc.assert(
    fc.property(plan, (drawn) => {
      const { slots, gaps } = generateRoster(drawn);
      const held = new Set(slots.map(({ post, shift }) => placeOf(post, shift)));
      const wanted = days.flatMap(({ day, kind }) =>
        dutyPosts.flatMap((post) => {
          const rule = drawn.patterns[post];
          if (rule?.dayKinds.includes(kind) !== true) return [];
          return rolesOf(rule, day)
            .flat()
            .map((shift) => placeOf(post, shift));
        }),
      );
      expect(wanted.filter((place) => !held.has(place))).toHaveLength(gaps);
      if (drawn.mode === 'replace') {
        const kept = drawn.slots.filter(({ post }) => drawn.patterns[post] === undefined);
        const own = kept.filter(({ shift }) => shift >= '2026-09-28' && shift < '2026-10-05');
        expect(slots).toHaveLength(wanted.length - gaps + own.length);
      }
    }),
    runs,
  );
});

test('nobody watches more than 24 hours in a row, also over the end of the month before', () => {
  fc.assert(
    fc.property(plan, (drawn) => {
      const { slots } = generateRoster({ ...drawn, mode: 'replace' });
      const before = drawn.slots.filter(({ shift }) => shift < '2026-09-28');
      const table = new Map(
        [...before, ...slots].map((slot) => [placeOf(slot.post, slot.shift), slot]),
      );
      if (drawn.patterns.watch === undefined) return;
      for (const { post, shift, personId } of slots) {
        if (post !== 'watch') continue;
        const inARow = watchShiftsInARow(table, { person: personId, shifts: [shift] });
        expect(inARow).toBeLessThanOrEqual(2);
      }
    }),
    runs,
  );
});

test('turns are shared: on a post taken day by day nobody has two more than anybody else', () => {
  const fair = fc.record({
    count: fc.integer({ min: 2, max: 6 }),
    shifts: fc.constantFrom('day', 'night', 'full', 'day-and-night'),
    post: fc.constantFrom(...dutyPosts),
    before: standing,
  });
  fc.assert(
    fc.property(fair, ({ count, shifts, post, before }) => {
      const people = names.slice(0, count);
      const rule: RosterPattern = {
        shifts,
        dayKinds: [...everyKind],
        rotation: 'daily',
        people: null,
      } as const;
      const slots = before.filter(({ shift }) => shift < '2026-09-27');
      const made = generateRoster({
        people,
        patterns: { [post]: rule },
        days,
        slots,
        mode: 'replace',
        away: [],
      });
      const turns = people.map((id) => made.slots.filter(({ personId }) => personId === id).length);
      const unit = shifts === 'full' ? 2 : 1;
      expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(unit);
      const onHolidays = people.map(
        (id) =>
          made.slots.filter((s) => s.personId === id && /2026-10-0[123]/.test(s.shift)).length /
          unit,
      );
      expect(Math.max(...onHolidays) - Math.min(...onHolidays)).toBeLessThanOrEqual(
        Math.ceil(((shifts === 'day-and-night' ? 2 : 1) * 3) / count),
      );
    }),
    runs,
  );
});

test('the same plan gives the same roster, and a filled one is full: nothing is changed twice', () => {
  fc.assert(
    fc.property(plan, (drawn) => {
      const once = generateRoster(drawn);
      expect(generateRoster(drawn)).toEqual(once);
      const before = drawn.slots.filter(({ shift }) => shift < '2026-09-28');
      const again = generateRoster({ ...drawn, slots: [...before, ...once.slots], mode: 'fill' });
      const key = (slots: readonly RosterSlot[]) =>
        slots.map(({ post, shift, personId }) => `${post} ${shift} ${personId}`).toSorted();
      const listed = once.slots.filter(
        ({ personId, shift }) =>
          drawn.people.includes(personId) && !isAway(drawn.away, personId, shift),
      );
      expect(key(again.slots)).toEqual(expect.arrayContaining(key(listed)));
    }),
    { ...runs, numRuns: 3_000 },
  );
});

test('a new month goes on where the last one ended, and a week begun is ended by who began it', () => {
  const rule: RosterPattern = {
    shifts: 'full',
    dayKinds: [...everyKind],
    rotation: 'daily',
    people: null,
  };
  const people = names.slice(0, 3);
  const first = generateRoster({
    people,
    patterns: { lead: rule },
    days: days.slice(0, 4),
    slots: [],
    mode: 'replace',
    away: [],
  });
  expect(
    first.slots.filter(({ shift }) => shift.endsWith('day')).map(({ personId }) => personId),
  ).toEqual(['p0', 'p1', 'p2', 'p0']);
  const next = generateRoster({
    people,
    patterns: { lead: rule },
    days: days.slice(4, 6),
    slots: first.slots,
    mode: 'replace',
    away: [],
  });
  expect(next.slots[0]).toMatchObject({ personId: 'p1', fallbackId: 'p2' });
  const weekly = { ...rule, rotation: 'weekly' as const };
  const begun = generateRoster({
    people,
    patterns: { lead: weekly },
    days: days.slice(0, 3),
    slots: [],
    mode: 'replace',
    away: [],
  });
  const ended = generateRoster({
    people,
    patterns: { lead: weekly },
    days: days.slice(3, 7).concat(knownDays({ from: '2026-10-05', days: 2 }, [])),
    slots: begun.slots,
    mode: 'replace',
    away: [],
  });
  const holders = ended.slots
    .filter(({ shift }) => shift.endsWith('day'))
    .map(({ personId }) => personId);
  expect(holders).toEqual(['p0', 'p0', 'p0', 'p0', 'p1', 'p1']);
});
