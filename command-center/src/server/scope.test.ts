import { randomUUID } from 'node:crypto';
import {
  isWithin,
  type AuditView,
  type Page,
  type RegionView,
  type TerminalView,
  type TroubleView,
  type VillagesView,
} from '@sightline/contracts';
import { prefecture5402 } from '@sightline/contracts/divisions';
import { addPeople, appendAudit, createTerminals, saveQuarantine } from '@sightline/store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from './testing-console.ts';

const seed = 20261123;
const villages = prefecture5402.filter((each) => each.level === 'village').map(({ code }) => code);
const regions = prefecture5402.map(({ code }) => code);
const equipped = villages.filter((_, index) => index % 29 === 0);
const secret = 'Somebody Real';

let console: TestConsole;
beforeAll(async () => {
  console = await openTestConsole();
  await populate(console);
});
afterAll(() => console[Symbol.asyncDispose]());

/** One person, one terminal, one trouble and one audit row in every 29th village. */
async function populate({ store, clock }: TestConsole): Promise<void> {
  await createTerminals(
    store,
    equipped.map((region) => ({ terminalId: `${region}-1`, region, simulated: true })),
  );
  const people = equipped.map((region) => ({
    personId: randomUUID(),
    region,
    name: `${secret} ${region}`,
    post: '',
  }));
  await addPeople(store, people, { now: clock.now, actor: 'system:test' });
  await saveQuarantine(
    store.pool,
    equipped.map((region, index) => ({
      source: 'D'.repeat(43),
      seq: index + 1,
      region,
      terminalId: `${region}-1`,
      reason: 'gap',
      message: region,
      settled: false,
      hash: null,
      body: region,
    })),
  );
  for (const region of equipped) {
    const entry = { who: 'system:test', what: 'test', region, purpose: 'test', subject: null };
    await appendAudit(store.pool, { entry, now: clock.now });
  }
}

async function pages<T>(cookie: string, url: string, cursor: string): Promise<T[]> {
  const items: T[] = [];
  for (let next: string | null = ''; next !== null;) {
    const mark = next === '' ? '' : `&${cursor}=${next}`;
    const reply = await console.call({ url: `${url}${mark}`, cookie });
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode}`);
    const page = reply.json<Page<T>>();
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

const anyRegion = fc.constantFrom(...regions, ...equipped, ...equipped);

test('an account sees all of its region and nothing outside it, on every list', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegion, async (scope) => {
      const cookie = await console.enter(['dispatcher'], scope);
      const auditor = await console.enter(['audit-administrator'], scope);
      const within = (codes: readonly string[]) => codes.filter((code) => isWithin(code, scope));

      const seen = (await console.call({ url: '/api/villages', cookie })).json<VillagesView>();
      expect(seen.villages.map((each) => each.region)).toEqual(within(villages).toSorted());

      const tree = (await console.call({ url: '/api/regions', cookie })).json<RegionView[]>();
      const expected = regions.filter((code) => isWithin(code, scope) || isWithin(scope, code));
      expect(tree.map((each) => each.code)).toEqual(expected.toSorted());

      const terminals = await pages<TerminalView>(cookie, '/api/terminals?x=1', 'after');
      expect(terminals.map((each) => each.region)).toEqual(within(equipped).toSorted());

      const trouble = await pages<TroubleView>(cookie, '/api/trouble?x=1', 'before');
      expect(trouble.map((each) => each.region).toSorted()).toEqual(within(equipped).toSorted());

      const audit = await pages<AuditView>(auditor, '/api/audit?x=1', 'before');
      const tests = audit.filter((row) => row.what === 'test').map((row) => row.region);
      expect(tests.toSorted()).toEqual(within(equipped).toSorted());
      expect(audit.every((row) => isWithin(row.region, scope))).toBe(true);
    }),
    { seed, numRuns: 12 },
  );
});

test('asking for another region gives what both have in common, or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegion, anyRegion, async (scope, asked) => {
      const cookie = await console.enter(['dispatcher'], scope);
      const url = `/api/villages?region=${asked}`;
      const reply = await console.call({ url, cookie });
      const meets = isWithin(asked, scope) || isWithin(scope, asked);
      expect(reply.statusCode).toBe(meets ? 200 : 403);
      if (!meets) return;
      const common = villages.filter((code) => isWithin(code, scope) && isWithin(code, asked));
      const seen = reply.json<VillagesView>().villages.map((each) => each.region);
      expect(seen).toEqual(common.toSorted());
    }),
    { seed, numRuns: 40 },
  );
});

test('names are read only inside the region', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegion, fc.constantFrom(...equipped), async (scope, village) => {
      const cookie = await console.enter(['dispatcher'], scope);
      const inside = isWithin(village, scope);
      const url = `/api/villages/${village}/people?purpose=duty-watch`;
      const read = await console.call({ url, cookie });
      expect(read.statusCode).toBe(inside ? 200 : 403);
      expect(read.body.includes(secret)).toBe(inside);
    }),
    { seed, numRuns: 40 },
  );
});
