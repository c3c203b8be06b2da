import { randomUUID } from 'node:crypto';
import { qualityChecks } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { createTerminal } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { countQuality, listQuality, qualityCursor } from './data-quality.ts';

const today = '2026-11-26';
const village = '540235100201';
const beside = '540235100202';
const faraway = '540221100201';

interface NewOrganisation {
  readonly name: string;
  readonly kind?: 'committee' | 'branch';
  readonly functional?: boolean;
  readonly parent?: { readonly id: string; readonly path: string };
  readonly region?: string;
}

describe.each(engines)('data quality on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const county = await organisation({ name: '县委', kind: 'committee', region: '540235' });
    const whole = await organisation({ name: '村支部', parent: county, region: village });
    await organisation({ name: '邻村支部', parent: county, region: beside });
    await organisation({ name: '无处支部', parent: county });
    await organisation({ name: '功能型支部', functional: true, parent: county, region: '540235' });
    await member(whole.id, { born: '1990-01-01', joined: '2015-07-01' });
    await member(whole.id, { born: '1990-01-01', joined: '2001-07-01' });
    const now = Temporal.Instant.from(`${today}T04:00:00Z`);
    const people = [
      { personId: randomUUID(), region: village, name: '扎西', post: '' },
      { personId: randomUUID(), region: village, name: '央金', post: '主任' },
      { personId: randomUUID(), region: faraway, name: '次仁', post: '委员' },
    ];
    await addPeople(store, people, { now, actor: 'system:test' });
    for (const region of [village, beside]) {
      await createTerminal(store, { terminalId: `${region}-1`, region, simulated: true });
    }
  }, 120_000);
  afterAll(() => store[Symbol.asyncDispose]());

  async function organisation(one: NewOrganisation): Promise<{ id: string; path: string }> {
    const id = randomUUID();
    const code = id.slice(0, 8);
    const path = `${one.parent?.path ?? ''}${code}.`;
    await store.pool.query(
      `insert into organisation (organisation_id, code, name, kind, is_functional, parent_id, path)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, code, one.name, one.kind ?? 'branch', one.functional ?? false, one.parent?.id, path],
    );
    if (one.region !== undefined) {
      await store.pool.query(
        `insert into organisation_region (organisation_id, region, from_day) values ($1, $2, '2000-01-01')`,
        [id, one.region],
      );
    }
    return { id, path };
  }

  function member(organisationId: string, dates: { born: string; joined: string }) {
    return store.pool.query(
      `insert into member (member_id, organisation_id, name, sex, born_on, education, joined_on,
                           id_cipher, id_hash, id_masked, added_at)
       values ($1::uuid, $2, '某人', 'female', $3, 'college', $4, '', sha256(convert_to($1::uuid::text, 'UTF8')),
               '5402**********001X', now())`,
      [randomUUID(), organisationId, dates.born, dates.joined],
    );
  }

  const rowsOf = async (check: (typeof qualityChecks)[number], scope = '5402') => {
    const rows = await listQuality(store.pool, check, { scope, today, limit: 50, after: null });
    return rows.map((row) => [row.region, row.organisation?.name ?? null, row.count]);
  };

  test('each check finds what it names, with the place to go to, and nothing else', async () => {
    expect(await rowsOf('organisations-without-region')).toEqual([['540235', '无处支部', 1]]);
    expect(await rowsOf('organisations-without-members')).toEqual([
      ['540235', '无处支部', 1],
      [beside, '邻村支部', 1],
    ]);
    expect(await rowsOf('people-without-post')).toEqual([[village, null, 1]]);
    expect(await rowsOf('people-without-terminal')).toEqual([[faraway, null, 1]]);
    expect(await rowsOf('terminals-without-people')).toEqual([[beside, null, 1]]);
    expect(await rowsOf('doubtful-dates')).toEqual([[village, '村支部', 1]]);
  });

  test('a township sees its own alone', async () => {
    for (const check of qualityChecks) {
      expect(await rowsOf(check, '540221100')).toEqual(
        check === 'people-without-terminal' ? [[faraway, null, 1]] : [],
      );
    }
  });

  test('counts stand by the divisions right below, and add up to the list', async () => {
    const asked = { scope: '5402', today };
    expect(await countQuality(store.pool, 'organisations-without-members', asked)).toEqual([
      { region: '540235', count: 2 },
    ]);
    const county = { scope: '540235', today };
    expect(await countQuality(store.pool, 'organisations-without-members', county)).toEqual([
      { region: '540235', count: 1 },
      { region: '540235100', count: 1 },
    ]);
  });

  test('a list goes on after the cursor of its last row', async () => {
    const asked = { scope: '5402', today, limit: 1 };
    const check = 'organisations-without-members';
    const [first] = await listQuality(store.pool, check, { ...asked, after: null });
    if (first === undefined) throw new Error('There is a first row.');
    const after = qualityCursor(first);
    const [second] = await listQuality(store.pool, check, { ...asked, after });
    expect([first.region, second?.region]).toEqual(['540235', beside]);
  });
});
