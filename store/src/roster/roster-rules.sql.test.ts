import { randomUUID } from 'node:crypto';
import {
  dutyPosts,
  shiftsOf,
  type DutyPost,
  type RosterPattern,
  type RosterSlot,
} from '@sightline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { retirePerson } from '#register/retire-person.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { hasCalendar, readCalendar, replaceCalendar } from './calendar.ts';
import { changeRosters } from './change-roster.ts';
import { readPatterns, setPatterns } from './pattern.ts';
import { readMonthLines } from './read-month-lines.ts';
import { readRosterTroubles, type RosterTrouble, type TroubleCursor } from './read-troubles.ts';
import { lastRosterChange, rosterBefore } from './roster-history.ts';

const [one, two] = ['540235100201', '540235100202'];
const now = Temporal.Instant.from('2026-09-28T04:00:00.000Z');
const change = { now, actor: 'system:test', why: 'edited' } as const;
const window = { from: '2026-09-28', days: 6, posts: dutyPosts };
const shifts = shiftsOf(window);
const people = Array.from({ length: 3 }, () => randomUUID());
const left = people[2] ?? '';
const every = ['workday', 'weekend', 'holiday'] as const;
const watch: RosterPattern = {
  shifts: 'full',
  dayKinds: [...every],
  rotation: 'daily',
  people: null,
};
const lead: RosterPattern = { ...watch, shifts: 'day', dayKinds: ['holiday'] };
const holidays = ['2026-10-01', '2026-10-02', '2026-10-03'];

describe.each(engines)('roster rules on $name', ({ open }) => {
  let store: TestStore;
  const write = (slots: readonly RosterSlot[]) =>
    inTransaction(store, (client) =>
      changeRosters(client, [{ region: one, window, slots }], change),
    );
  const troubles = (after: TroubleCursor | null = null, limit = 500) =>
    readRosterTroubles(store.pool, {
      scope: '5402',
      from: '2026-09-28',
      to: '2026-10-03',
      fromShift: '2026-09-28/day',
      after,
      limit,
    });
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const village = (region: string, ids: readonly string[]) =>
      ids.map((personId) => ({ personId, region, name: '扎西', post: '' }));
    expect(await addPeople(store, village(one, people), change)).toBeNull();
    await inTransaction(store, async (client) => {
      const days = holidays.map((day) => ({ day, kind: 'holiday', name: '国庆节' }) as const);
      await replaceCalendar(client, { region: '5402', year: 2026, days });
      await setPatterns(client, [one, two], { watch, lead });
      await setPatterns(client, [two], { watch: null });
    });
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('patterns are set for many villages, changed and taken away by post', async () => {
    expect(await readPatterns(store.pool, '540235')).toEqual(
      new Map([
        [one, { lead, watch }],
        [two, { lead }],
      ]),
    );
  });

  test('what is wrong is found in the table as a reckoning by hand finds it, page by page', async () => {
    const slot = fc.record({
      post: fc.constantFrom(...dutyPosts),
      shift: fc.constantFrom(...shifts),
      personId: fc.constantFrom(...people),
      fallbackId: fc.constant(null),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(slot, { maxLength: 24 }), async (drawn) => {
        const slots = [
          ...new Map(drawn.map((each) => [`${each.post} ${each.shift}`, each])).values(),
        ];
        await write(slots);
        const found = (await troubles()).filter(({ region }) => region === one);
        expect(found).toEqual(byHand(slots, new Set()));
        const [line] = await readMonthLines(store.pool, {
          regions: [one, two],
          from: '2026-09-28',
          to: '2026-10-03',
        });
        const gaps = found.filter(({ kind }) => kind === 'gap').length;
        const doubles = new Set(
          found
            .filter(({ kind }) => kind === 'two-posts' || kind === 'too-long')
            .map(({ post, shift }) => `${post} ${shift}`),
        ).size;
        expect(line).toMatchObject({ required: 15, covered: 15 - gaps, gaps, doubles, left: 0 });
        const pages = [];
        for (let after: TroubleCursor | null = null; ; after = pages.at(-1) ?? null) {
          const page: RosterTrouble[] = await troubles(after, 9);
          pages.push(...page);
          if (page.length < 9) break;
        }
        expect(pages).toEqual(await troubles());
      }),
      { numRuns: 40, seed: 5402 },
    );
  });

  test('the change before the last one is told from the log', async () => {
    const slotOf = (post: DutyPost, shift: string) =>
      ({ post, shift, personId: people[0] ?? '', fallbackId: null }) as const;
    const all = [slotOf('watch', '2026-09-28/day'), slotOf('lead', '2026-10-01/day')];
    await write(all);
    const day = { from: '2026-09-28', days: 1, posts: ['watch'] } as const;
    await inTransaction(store, (client) =>
      changeRosters(client, [{ region: one, window: day, slots: [] }], change),
    );
    expect(await lastRosterChange(store.pool, one)).toMatchObject({ why: 'edited', window: day });
    expect(await rosterBefore(store.pool, one)).toEqual([all[0]]);
    expect(await rosterBefore(store.pool, two)).toBeNull();
  });

  test('a county that has its own year counts by it, and by its prefecture’s again without', async () => {
    const span = { region: one, from: '2026-01-01', to: '2026-12-31' };
    const own = [{ day: '2026-09-29', kind: 'holiday', name: '望果节' }] as const;
    const put = (days: typeof own | []) =>
      inTransaction(store, (client) =>
        replaceCalendar(client, { region: '540235', year: 2026, days }),
      );
    await put(own);
    expect(await readCalendar(store.pool, span)).toEqual(own);
    const lines = () =>
      readMonthLines(store.pool, { regions: [two], from: '2026-09-28', to: '2026-10-03' });
    expect(await lines()).toMatchObject([{ required: 1 }]);
    await put([]);
    expect((await readCalendar(store.pool, span)).map(({ day }) => day)).toEqual(holidays);
    expect(await lines()).toMatchObject([{ required: 3 }]);
    expect(await hasCalendar(store.pool, { region: one, year: 2026 })).toBe(true);
    expect(await hasCalendar(store.pool, { region: one, year: 2027 })).toBe(false);
  });

  test('who left the list stands out, and a change of other slots may leave theirs as it was', async () => {
    const stays = {
      post: 'watch',
      shift: '2026-09-28/day',
      personId: left,
      fallbackId: null,
    } as const;
    await write([stays]);
    await inTransaction(store, (client) =>
      retirePerson(client, { personId: left, region: one }, change),
    );
    expect((await troubles()).filter(({ kind }) => kind === 'left')).toMatchObject([
      { shift: '2026-09-28/day', personId: left },
    ]);
    const other = { ...stays, post: 'lead', personId: people[0] ?? '' } as const;
    expect(await write([stays, other])).toBeNull();
    expect(await write([{ ...stays, shift: '2026-09-29/day' }])).toMatchObject({
      code: 'person-not-on-list',
    });
  });
});

/** Village `one` only. */
function byHand(slots: readonly RosterSlot[], leavers: ReadonlySet<string>): RosterTrouble[] {
  const at = (post: DutyPost, shift: string | undefined) =>
    slots.find((each) => each.post === post && each.shift === shift)?.personId ?? null;
  const found: RosterTrouble[] = [];
  for (const [index, shift] of shifts.entries()) {
    for (const post of dutyPosts) {
      const personId = at(post, shift);
      const told = (kind: RosterTrouble['kind']) =>
        found.push({ shift, region: one, post, kind, personId });
      const isHoliday = holidays.includes(shift.slice(0, 10));
      const isWanted = post === 'watch' || (post === 'lead' && isHoliday && shift.endsWith('/day'));
      if (personId === null && isWanted) told('gap');
      if (personId === null) continue;
      if (leavers.has(personId)) told('left');
      if (dutyPosts.some((other) => other !== post && at(other, shift) === personId))
        told('two-posts');
      const isLong = [1, 2].every((back) => at('watch', shifts[index - back]) === personId);
      if (post === 'watch' && isLong) told('too-long');
    }
  }
  const key = ({ shift, region, post, kind }: RosterTrouble) =>
    `${shift} ${region} ${post} ${kind}`;
  return found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
