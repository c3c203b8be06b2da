import { randomUUID } from 'node:crypto';
import { regionRange, type Region } from '@sightline/contracts';
import { prefecture5402 } from '@sightline/contracts/divisions';
import { addPeople, countDutiesByDay, listOrganisations, readLog } from '@sightline/store';
import { insertMember, insertOrganisation } from '@sightline/store/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillLedger } from '#testing/fill-ledger.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const seed = 20261126;
const days = ['2026-12-01', '2026-12-11', '2026-12-21', '2026-12-31'];
const township = '540235100';
const villages = prefecture5402
  .filter(({ code, level }) => level === 'village' && code.startsWith(township))
  .map(({ code }) => code)
  .slice(0, 5);

const anyChange = fc.record({
  isMerge: fc.boolean(),
  from: fc.nat({ max: 4 }),
  into: fc.nat({ max: 4 }),
  code: fc.integer({ min: 1, max: 9 }),
  day: fc.constantFrom(...days),
});
type Change = typeof anyChange extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** What is asked of the server for a change that was drawn. */
function orderOf({ isMerge, from, into, code, day }: Change): {
  readonly source: Region;
  readonly target: Region;
  readonly url: string;
  readonly body: object;
} {
  const source = villages[from] ?? '';
  const target = isMerge ? (villages[into] ?? '') : `${township}90${code}`;
  return isMerge
    ? { source, target, url: '/api/regions/merge', body: { region: target, from: [source], day } }
    : { source, target, url: '/api/regions/move', body: { region: source, to: target, day } };
}

/** Members of a scope on a day, as the register itself would list them. */
async function membersOn({ store }: TestConsole, scope: Region, day: string): Promise<number> {
  const { from, to } = regionRange(scope);
  const { rows } = await store.pool.query<{ members: number }>(
    `select count(*)::integer as members from member m join organisation_region r using (organisation_id)
     where r.region >= $1 and r.region < $2 and r.from_day <= $3 and (r.to_day is null or r.to_day > $3)`,
    [from, to, day],
  );
  return rows[0]?.members ?? -1;
}

/** Every row of the ledger, and the figures of the prefecture and of each village as they were named then. */
async function ledgerOf({ store }: TestConsole): Promise<unknown> {
  const { rows } = await store.pool.query('select * from duty_ledger order by 1, 2, 3, 4');
  const period = { from: '2026-11-16', to: '2026-11-22' };
  const figures = ['5402', township, ...villages].map((scope) =>
    countDutiesByDay(store.pool, { scope, ...period }),
  );
  return [rows, await Promise.all(figures)];
}

/** From the day on, whoever stood in `source` stands in `target`. */
function moveRows(
  table: readonly Region[][],
  move: { readonly source: Region; readonly target: Region; readonly day: string },
): void {
  for (const row of table) {
    for (const [at, on] of days.entries()) {
      if (on >= move.day && row[at] === move.source) row[at] = move.target;
    }
  }
}

test('whatever is merged and moved, each member is in one village on every day, and in the right one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 4 }), async (changes) => {
      await using console = await openTestConsole();
      const { pool } = console.store;
      // Row by row the village of each organisation, a column a day: the second opinion.
      const table: Region[][] = [];
      for (const [index, region] of villages.entries()) {
        const branch = await insertOrganisation(pool, { code: `B${index}`, region });
        for (let count = 0; count <= index; count += 1) await insertMember(pool, branch);
        table.push(days.map(() => region));
      }
      const cookie = await console.enter(['system-administrator'], '540235');
      for (const change of changes) {
        const { source, target, ...asked } = orderOf(change);
        const reply = await console.call({ method: 'POST', cookie, ...asked });
        expect([201, 409]).toContain(reply.statusCode);
        if (reply.statusCode !== 201) continue;
        moveRows(table, { source, target, day: change.day });
      }
      for (const [at, day] of days.entries()) {
        expect(await membersOn(console, '5402', day)).toBe(15);
        for (const village of new Set(table.map((row) => row[at] ?? ''))) {
          const expected = table.reduce(
            (sum, row, index) => sum + (row[at] === village ? index + 1 : 0),
            0,
          );
          expect([village, day, await membersOn(console, village, day)]).toEqual([
            village,
            day,
            expected,
          ]);
        }
      }
    }),
    { seed, numRuns: 12 },
  );
}, 240_000);

test('whatever is merged and moved, the duty ledger keeps every row and every figure of the days before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 4 }), async (changes) => {
      await using console = await openTestConsole();
      const [personId, region] = [randomUUID(), villages[0] ?? ''];
      const by = { now: console.clock.now, actor: 'system:test' };
      await addPeople(console.store, [{ personId, region, name: '扎西', post: '委员' }], by);
      const people = [personId];
      await fillLedger(console.store, { regions: villages, people, day: '2026-11-16', days: 7 });
      const before = await ledgerOf(console);
      const cookie = await console.enter(['system-administrator'], '540235');
      for (const change of changes) {
        const { url, body } = orderOf(change);
        await console.call({ method: 'POST', cookie, url, body });
      }
      expect(await ledgerOf(console)).toEqual(before);
    }),
    { seed, numRuns: 12 },
  );
}, 240_000);

test('a merged village is history from its day on, its past stays, and the log says where it went', async () => {
  await using console = await openTestConsole();
  const [from = '', into = ''] = villages;
  await insertOrganisation(console.store.pool, { code: 'B', region: from });
  const cookie = await console.enter(['system-administrator'], '540235');
  const merge = (body: object) =>
    console.call({ method: 'POST', url: '/api/regions/merge', cookie, body });
  const [, day = ''] = days;
  expect((await merge({ region: into, from: [from], day })).statusCode).toBe(201);
  expect(problemOf(await merge({ region: into, from: [from], day }))).toBe('no-such-region');
  const standing = async (scope: Region, on: string) =>
    (await listOrganisations(console.store.pool, { scope, day: on })).length;
  expect([await standing(from, '2026-12-10'), await standing(from, day)]).toEqual([1, 0]);
  expect([await standing(into, '2026-12-10'), await standing(into, day)]).toEqual([0, 1]);
  const log = await readLog(console.store.pool, { after: 0 });
  expect(log.at(-1)?.fact).toMatchObject({
    type: 'region.changed',
    region: from,
    data: { region: from, into, day },
  });
});

test('a village where people are on duty is not merged away, and nobody merges outside their region', async () => {
  await using console = await openTestConsole();
  const [from = '', into = ''] = villages;
  const people = [{ personId: randomUUID(), region: from, name: '扎西', post: '' }];
  await addPeople(console.store, people, { now: console.clock.now, actor: 'system:test' });
  const cookie = await console.enter(['system-administrator'], '540235');
  const [day = ''] = days;
  const merge = (body: object, who = cookie) =>
    console.call({ method: 'POST', url: '/api/regions/merge', cookie: who, body });
  expect(problemOf(await merge({ region: into, from: [from], day }))).toBe('region-in-use');
  const outside = await merge({ region: into, from: ['540221100201'], day });
  expect([outside.statusCode, problemOf(outside)]).toEqual([403, 'outside-scope']);
});
