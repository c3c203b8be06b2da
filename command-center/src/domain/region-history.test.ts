import { isRefusal, isWithin, type Region } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideMerge,
  decideMove,
  evolveRegions,
  regionOn,
  wasWithin,
  type RegionState,
} from './region-history.ts';

const seed = 20261126;
const runs = 10_000;
const firstDay = Temporal.PlainDate.from('2026-01-01');
const lastDay = 60;
const dayOf = (index: number) => firstDay.add({ days: index }).toString();

const townships = ['540202001', '540202002', '540221001'];
const villages = townships.flatMap((township) =>
  ['001', '002', '003'].map((end) => township + end),
);
/** Two organisations a village, one a township; each with its own number of people. */
const units = [...villages, ...villages, ...townships].map((region, index) => ({
  organisationId: `o${index}`,
  region,
  people: (index * 7) % 5,
}));
const everybody = units.reduce((sum, { people }) => sum + people, 0);

function begin(): RegionState {
  const regions = ['5402', '540202', '540221', ...townships, ...villages];
  return {
    divisions: new Map(
      regions.map((region) => [region, { region, name: region, endedOn: null, mergedInto: null }]),
    ),
    histories: new Map(
      units.map(({ organisationId, region }) => [
        organisationId,
        [{ region, fromDay: dayOf(0), toDay: null }],
      ]),
    ),
    occupied: new Set(),
  };
}

/** A change as somebody might ask for it, sensible or not; `which` chooses among what stands then. */
const anyChange = fc.record({
  kind: fc.constantFrom('merge', 'move-village', 'move-township'),
  day: fc.integer({ min: 1, max: lastDay }),
  which: fc.array(fc.nat({ max: 40 }), { minLength: 3, maxLength: 3 }),
  code: fc.integer({ min: 1, max: 9 }),
});

interface Asked {
  readonly from: readonly Region[];
  readonly to: Region;
  readonly isMerge: boolean;
}

function ask(
  state: RegionState,
  { kind, which, code }: { kind: string; which: number[]; code: number },
): Asked {
  const standing = [...state.divisions.values()].filter(({ endedOn }) => endedOn === null);
  const ofLength = (length: number) =>
    standing.filter(({ region }) => region.length === length).map(({ region }) => region);
  const pick = (list: readonly Region[], nth: number) =>
    list[(which[nth] ?? 0) % list.length] ?? '';
  if (kind === 'merge') {
    const list = ofLength(12);
    const from = [...new Set([pick(list, 0), pick(list, 1)])];
    return { from, to: pick(list, 2), isMerge: true };
  }
  if (kind === 'move-village') {
    return {
      from: [pick(ofLength(12), 0)],
      to: `${pick(ofLength(9), 1)}10${code}`,
      isMerge: false,
    };
  }
  return { from: [pick(ofLength(9), 0)], to: `${pick(ofLength(6), 1)}10${code}`, isMerge: false };
}

/** The second opinion: a table of unit × day, changed cell by cell. */
function bruteForce(table: Region[][], asked: Asked, day: number): void {
  for (const row of table) {
    for (let at = day; at <= lastDay; at += 1) {
      const region = row[at] ?? '';
      const source = asked.from.find((from) => region.slice(0, from.length) === from);
      if (source !== undefined)
        row[at] = asked.isMerge ? asked.to : asked.to + region.slice(source.length);
    }
  }
}

test('moves and merges never lose or double a person, and every day keeps its true scope', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 6 }), (changes) => {
      let state = begin();
      const table = units.map(({ region }) => Array.from({ length: lastDay + 1 }, () => region));
      for (const change of changes) {
        const asked = ask(state, change);
        const day = dayOf(change.day);
        const [from = ''] = asked.from;
        const decided = asked.isMerge
          ? decideMerge(state, { from: asked.from, into: asked.to, day })
          : decideMove(state, { from, to: asked.to, day });
        if (isRefusal(decided)) {
          refused += 1;
          continue;
        }
        taken += 1;
        state = evolveRegions(state, decided);
        bruteForce(table, asked, change.day);
      }
      for (const at of [0, 1, 15, 30, 45, lastDay]) {
        const day = dayOf(at);
        const where = units.map(({ organisationId }) =>
          regionOn(state.histories.get(organisationId) ?? [], day),
        );
        expect(where).toEqual(table.map((row) => row[at]));
        for (const scope of ['540202', '540221', ...townships, ...villages.slice(0, 2)]) {
          const seen = units.filter(({ organisationId }) =>
            wasWithin(state.histories.get(organisationId) ?? [], scope, day),
          );
          const expected = units.filter((_, index) => isWithin(table[index]?.[at] ?? '', scope));
          expect(seen).toEqual(expected);
        }
        const people = units.filter((_, index) => where[index] !== null);
        expect(people.reduce((sum, each) => sum + each.people, 0)).toBe(everybody);
      }
    }),
    { seed, numRuns: runs },
  );
  // The property was about something: many changes were made, many were refused.
  expect(taken).toBeGreaterThan(runs);
  expect(refused).toBeGreaterThan(runs / 10);
}, 120_000);

test('a village with a terminal or people on duty is not merged away under them', () => {
  const state = { ...begin(), occupied: new Set(['540202001001']) };
  const merge = (from: Region) =>
    decideMerge(state, { from: [from], into: '540202001003', day: dayOf(5) });
  expect(merge('540202001001')).toMatchObject({ code: 'region-in-use' });
  expect(isRefusal(merge('540202001002'))).toBe(false);
  const move = decideMove(state, { from: '540202001', to: '540221101', day: dayOf(5) });
  expect(move).toMatchObject({ code: 'region-in-use' });
});

test('what cannot be is refused with the reason', () => {
  const state = begin();
  const day = dayOf(5);
  const [village = '', other = ''] = villages;
  const merge = (from: Region[], into: Region) => decideMerge(state, { from, into, day });
  expect(merge([village], village)).toMatchObject({ code: 'merge-itself' });
  expect(merge([village, village], other)).toMatchObject({ code: 'merge-itself' });
  expect(merge(['540202001'], other)).toMatchObject({ code: 'merge-level' });
  expect(merge(['540202009009'], other)).toMatchObject({ code: 'no-such-region' });
  const move = (from: Region, to: Region) => decideMove(state, { from, to, day });
  expect(move(village, other)).toMatchObject({ code: 'code-taken' });
  expect(move(village, '540202001')).toMatchObject({ code: 'move-level' });
  expect(move(village, '540299001001')).toMatchObject({ code: 'no-such-region' });
  const first = decideMerge(state, { from: [village], into: other, day });
  if (isRefusal(first)) throw new Error(first.detail);
  const after = evolveRegions(state, first);
  expect(decideMerge(after, { from: [village], into: other, day })).toMatchObject({
    code: 'no-such-region',
  });
  // The other took people in on that day: an earlier day would rewrite where they were.
  const early = decideMerge(after, { from: [other], into: villages[2] ?? '', day: dayOf(4) });
  expect(early).toMatchObject({ code: 'later-change' });
});
