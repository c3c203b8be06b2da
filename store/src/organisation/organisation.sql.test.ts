import { randomUUID } from 'node:crypto';
import { isRefusal } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client } from '#engine/store.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import {
  addOrganisation,
  endOrganisation,
  moveOrganisation,
  renameOrganisation,
} from './change-organisation.ts';
import { compositionKeys, readComposition } from './composition.ts';
import { leaveMember, transferMember } from './change-member.ts';
import { findMemberRegion } from './members.ts';
import { countOrganisationLists, listOrganisationList } from './organisation-lists.ts';
import {
  findOrganisationRegion,
  listOrganisationRegions,
  listOrganisations,
} from './read-organisations.ts';
import { insertMember, insertOrganisation } from './testing-register.ts';

const village = '540235100201';
const day = '2026-11-26';

describe.each(engines)('organisations on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
  }, 240_000);
  afterAll(() => store[Symbol.asyncDispose]());

  const change = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
    inTransaction(store, work);
  const add = async (code: string, parentId: string | null, region = village) => {
    const organisationId = randomUUID();
    const organisation = { organisationId, code, name: code, kind: 'branch' as const, parentId };
    const whole = { ...organisation, isFunctional: false, region, fromDay: '2020-01-01' };
    return { organisationId, refusal: await change((client) => addOrganisation(client, whole)) };
  };
  const pathOf = async (organisationId: string) => {
    const { rows } = await store.pool.query<{ path: string }>(
      'select path from organisation where organisation_id = $1',
      [organisationId],
    );
    return rows[0]?.path;
  };

  test('an organisation moves with all below it, never under itself, and never too deep', async () => {
    const top = await add('T1', null, '540235');
    const other = await add('T2', null, '540235');
    const child = await add('T11', top.organisationId);
    const grandchild = await add('T111', child.organisationId);
    expect(await pathOf(grandchild.organisationId)).toBe('T1.T11.T111.');
    const move = (organisationId: string, parentId: string) =>
      change((client) => moveOrganisation(client, { organisationId, parentId }));
    expect(await move(child.organisationId, grandchild.organisationId)).toMatchObject({
      code: 'circle',
    });
    expect(await move(child.organisationId, other.organisationId)).toBeNull();
    expect(await pathOf(grandchild.organisationId)).toBe('T2.T11.T111.');
    let deep = grandchild;
    for (const code of ['A4', 'A5', 'A6', 'A7', 'A8']) deep = await add(code, deep.organisationId);
    expect(deep.refusal).toBeNull();
    expect((await add('A9', deep.organisationId)).refusal).toMatchObject({ code: 'too-deep' });
    expect(await move(other.organisationId, top.organisationId)).toMatchObject({
      code: 'too-deep',
    });
    // A sibling whose code begins alike is not "below".
    const alike = await add('T1x', null, '540235');
    await move(top.organisationId, other.organisationId);
    expect(await pathOf(alike.organisationId)).toBe('T1x.');
    expect((await add('T1', null)).refusal).toMatchObject({ code: 'code-taken' });
  });

  test('an organisation in use does not end; an ended one is not in the tree from that day on', async () => {
    const one = await add('E1', null);
    const memberId = await insertMember(store.pool, { organisationId: one.organisationId });
    const end = (at: string) =>
      change((client) => endOrganisation(client, { organisationId: one.organisationId, day: at }));
    const refused = await end(day);
    expect(isRefusal(refused) && refused.detail).toContain('1 members');
    await change((client) => leaveMember(client, { memberId, day: '2026-01-01' }));
    expect(await end('2019-01-01')).toMatchObject({ code: 'later-change' });
    expect(await end(day)).toBeNull();
    const codes = async (on: string) =>
      (await listOrganisations(store.pool, { scope: village, day: on })).map(({ code }) => code);
    expect(await codes('2026-11-25')).toContain('E1');
    expect(await codes(day)).not.toContain('E1');
    expect(await listOrganisationRegions(store.pool, one.organisationId)).toEqual([
      { region: village, fromDay: '2020-01-01', toDay: day },
    ]);
  });

  test('a member is where their organisation stands, moves with a transfer, and leaves once', async () => {
    const here = await insertOrganisation(store.pool, { code: 'M1', region: village });
    const there = await insertOrganisation(store.pool, { code: 'M2', region: '540221100201' });
    const memberId = await insertMember(store.pool, here);
    expect(await findMemberRegion(store.pool, { memberId, day })).toBe(village);
    const transfer = (organisationId: string) =>
      change((client) => transferMember(client, { memberId, organisationId, day }));
    expect(await transfer(there.organisationId)).toBeNull();
    expect(await transfer(there.organisationId)).toMatchObject({ code: 'no-transfer' });
    expect(await findMemberRegion(store.pool, { memberId, day })).toBe('540221100201');
    const leave = () => change((client) => leaveMember(client, { memberId, day }));
    expect(await leave()).toBeNull();
    expect(await leave()).toMatchObject({ code: 'not-a-member' });
    expect(await findMemberRegion(store.pool, { memberId, day })).toBeNull();
    await change((client) => renameOrganisation(client, { ...here, name: '新名' }));
    expect(await findOrganisationRegion(store.pool, { ...here, day })).toBe(village);
    expect(
      await findOrganisationRegion(store.pool, { organisationId: randomUUID(), day }),
    ).toBeNull();
  });

  test('where an organisation will only move to does not count before that day', async () => {
    const here = await insertOrganisation(store.pool, { code: 'W1', region: village });
    const memberId = await insertMember(store.pool, here);
    await change(async (client) => {
      await client.query(
        `update organisation_region set to_day = '2026-12-01' where organisation_id = $1`,
        [here.organisationId],
      );
      await client.query(
        `insert into organisation_region (organisation_id, region, from_day)
         values ($1, '540221100201', '2026-12-01')`,
        [here.organisationId],
      );
    });
    const on = async (at: string) => [
      await findOrganisationRegion(store.pool, { ...here, day: at }),
      await findMemberRegion(store.pool, { memberId, day: at }),
    ];
    expect(await on('2026-11-30')).toEqual([village, village]);
    expect(await on('2026-12-01')).toEqual(['540221100201', '540221100201']);
  });

  test('two placings never cover one day', async () => {
    const { organisationId } = await insertOrganisation(store.pool, {
      code: 'P1',
      region: village,
    });
    const second = change((client) =>
      client.query(
        `insert into organisation_region (organisation_id, region, from_day, to_day)
         values ($1, '540235', '1999-01-01', '2000-06-01')`,
        [organisationId],
      ),
    );
    await expect(second).rejects.toThrow('would stand in two regions on one day');
  });

  test('the composition counts each member once, on the day their age says', async () => {
    const scope = '540229';
    const region = '540229100201';
    const { organisationId } = await insertOrganisation(store.pool, { code: 'C1', region });
    const born = ['1991-11-26', '1991-11-27', '1966-01-01', '1950-01-01'];
    for (const bornOn of born) {
      await insertMember(store.pool, { organisationId, bornOn, sex: 'female' });
    }
    const { members, organisations, counts } = await readComposition(store.pool, { scope, day });
    expect([members, organisations, counts.get('sex/female')]).toEqual([4, 1, 4]);
    // 35 years old on the very day counts as 35.
    expect(compositionKeys('age').map((key) => counts.get(`age/${key}`))).toEqual([1, 1, 1, 0, 1]);
    for (const of of ['age', 'sex', 'education', 'standing'] as const) {
      const sum = compositionKeys(of).reduce(
        (all, key) => all + (counts.get(`${of}/${key}`) ?? 0),
        0,
      );
      expect([of, sum]).toEqual([of, members]);
    }
  });

  test('the composition of an organisation is of those under it, not of one whose code begins alike', async () => {
    const region = '540231100201';
    const top = await insertOrganisation(store.pool, { code: 'U1', region });
    const below = await insertOrganisation(store.pool, { code: 'U11', region, parent: top });
    const alike = await insertOrganisation(store.pool, { code: 'U1x', region });
    for (const { organisationId } of [top, below, below, alike]) {
      await insertMember(store.pool, { organisationId, bornOn: '1950-01-01' });
    }
    const counted = async (under?: string) => {
      const within = { scope: '540231', day, ...(under === undefined ? {} : { under }) };
      const { members, organisations } = await readComposition(store.pool, within);
      const { ageing } = await countOrganisationLists(store.pool, within);
      return [members, organisations, ageing];
    };
    expect(await counted()).toEqual([4, 3, 3]);
    expect(await counted(top.path)).toEqual([3, 2, 2]);
    expect(await counted(below.path)).toEqual([2, 1, 1]);
  });

  test('a branch ages by half of its members or by their average', async () => {
    const region = '540232100201';
    const ages = { H1: [61, 30], H2: [59, 59, 90], H3: [55, 59, 61] };
    for (const [code, years] of Object.entries(ages)) {
      const { organisationId } = await insertOrganisation(store.pool, { code, region });
      for (const age of years) {
        await insertMember(store.pool, { organisationId, bornOn: `${2026 - age}-01-01` });
      }
    }
    const page = { scope: '540232', day, limit: 9, after: null };
    const ageing = await listOrganisationList(store.pool, 'ageing', page);
    expect(ageing.map(({ code }) => code)).toEqual(['H1', 'H2']);
  });

  test('a branch stands in the lists that are true of it, page by page', async () => {
    const scope = '540230';
    const region = '540230100201';
    const young = { bornOn: '1999-01-01', joinedOn: '2025-07-01', sex: 'female' } as const;
    const old = { bornOn: '1950-01-01', joinedOn: '1980-07-01', sex: 'male' } as const;
    for (const [code, people] of Object.entries({
      L1: [young, young, old],
      L2: [old],
      L3: [old],
    })) {
      const { organisationId } = await insertOrganisation(store.pool, { code, region });
      for (const person of people) await insertMember(store.pool, { organisationId, ...person });
    }
    await insertOrganisation(store.pool, { code: 'L4', region }); // Nobody belongs to it.
    expect(await countOrganisationLists(store.pool, { scope, day })).toEqual({
      'no-young': 2,
      'no-woman': 2,
      'no-growth': 2,
      ageing: 2,
    });
    const page = (after: string | null) =>
      listOrganisationList(store.pool, 'no-young', { scope, day, limit: 1, after });
    expect((await page(null)).map(({ code }) => code)).toEqual(['L2']);
    expect((await page('L2')).map(({ code }) => code)).toEqual(['L3']);
    expect(await page('L3')).toEqual([]);
  });
});
