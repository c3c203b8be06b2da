import { randomUUID } from 'node:crypto';
import { isRefusal } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendCorrection, holdCorrections } from '#correction/change-correction.ts';
import { correctionProjection } from '#correction/correction-projection.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { retirePerson } from '#register/retire-person.ts';
import { appendDutyChange, holdDutyChange } from '#roster/duty-change.ts';
import { appendAbsence, holdAbsence } from '#absence/absence.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { createAccount, disableAccount, listAccounts } from './account.ts';
import { endAccountLink, linkAccount, readSelf } from './account-person.ts';

const village = '540235100201';
const now = Temporal.Instant.from('2026-11-24T04:00:00.000Z');
const actor = 'account:security';
const duty = { post: 'watch', day: '2026-11-23', span: 'day' } as const;

describe.each(engines)('who an account is, on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());

  const person = async () => {
    const personId = randomUUID();
    const added = { personId, region: village, name: '扎西', post: '' };
    expect(await addPeople(store, [added], { now, actor })).toBeNull();
    return personId;
  };
  const account = () => createAccount(store.pool, { roles: ['dispatcher'], region: '540235', now });
  const link = (accountId: string, personId: string) =>
    inTransaction(store, async (client) => {
      const refused = await linkAccount(client, { accountId, personId }, { now, actor });
      return refused?.code ?? null;
    });

  test('one person has at most one account and the reverse; the list says of which village, never who', async () => {
    const [one, other, tashi, droma] = [
      await account(),
      await account(),
      await person(),
      await person(),
    ];
    expect(await link(one, tashi)).toBeNull();
    expect(await link(one, droma)).toBe('account-linked');
    expect(await link(other, tashi)).toBe('person-linked');
    const page = { scope: '540235', after: null, limit: 50 };
    const shown = (await listAccounts(store.pool, page)).find((each) => each.accountId === one);
    expect(shown?.person).toEqual({ region: village, since: '2026-11-24T04:00:00.000Z' });
    expect(await endAccountLink(store.pool, { accountId: one }, { now, actor })).toBe(true);
    expect(await endAccountLink(store.pool, { accountId: one }, { now, actor })).toBe(false);
    expect(await link(other, tashi)).toBeNull();
  });

  test('a link ends when either ends, and what it made their own matter stays so; both accounts are one person', async () => {
    const [one, other, tashi] = [await account(), await account(), await person()];
    await link(one, tashi);
    await disableAccount(store.pool, { accountId: one, now, actor });
    expect(await link(one, await person())).toBe('account-closed');
    expect(await link(other, tashi)).toBeNull();
    await inTransaction(store, (client) =>
      retirePerson(client, { personId: tashi, region: village }, { now, actor }),
    );
    expect(await link(other, tashi)).toBe('not-active');
    // They keep the watch in another village now.
    const moved = await person();
    expect(await link(other, moved)).toBeNull();
    const self = await readSelf(store.pool, `account:${other}`);
    expect(new Set(self.people)).toEqual(new Set([tashi, moved]));
    expect(self.actors).toContain(`account:${one}`);
  });

  test('the store takes no decision about oneself, whatever the program thinks; one made before a link stands', async () => {
    const [own, officer, tashi] = [await account(), await account(), await person()];
    const propose = async (correctionId: string, day: string) =>
      inTransaction(store, async (client) => {
        const placed = { region: village, duty: { ...duty, day } };
        const { seenPosition } = await holdCorrections(client, placed);
        const data = {
          correctionId,
          personId: tashi,
          ...placed.duty,
          original: 'absent',
          verdict: 'on-time',
          reason: 'other',
        } as const;
        const change = { now, actor: `account:${officer}`, seenPosition };
        return appendCorrection(client, { ...placed, type: 'correction.asked', data }, change);
      });
    const decide = (correctionId: string, day: string) =>
      inTransaction(store, async (client) => {
        const placed = { region: village, duty: { ...duty, day } };
        const { seenPosition } = await holdCorrections(client, placed);
        const data = { correctionId, ...placed.duty, decision: 'approved' } as const;
        const change = { now, actor: `account:${own}`, seenPosition };
        return appendCorrection(client, { ...placed, type: 'correction.decided', data }, change);
      });
    const [before, after] = [randomUUID(), randomUUID()];
    await propose(before, '2026-11-20');
    expect(await decide(before, '2026-11-20')).toBeNull();
    expect(await link(own, tashi)).toBeNull();
    await propose(after, '2026-11-21');
    await expect(decide(after, '2026-11-21')).rejects.toThrow('own matter');
    // A rebuild knows what was linked when: the decision of before stands.
    await rebuild(store, correctionProjection);
    const { rows } = await store.pool.query(
      'select state from duty_correction where correction_id = any ($1) order by position',
      [[before, after]],
    );
    expect(rows).toEqual([{ state: 'approved' }, { state: 'proposed' }]);
  });

  test('nor one about a swap, a leave or an absence of oneself', async () => {
    const [own, tashi, droma] = [await account(), await person(), await person()];
    await link(own, tashi);
    const changeId = randomUUID();
    const say = (type: 'shift-change.asked' | 'shift-change.decided', by: string) =>
      inTransaction(store, async (client) => {
        const { seenPosition } = await holdDutyChange(client, changeId);
        const ask = { kind: 'leave', changeId, personId: droma, duty, otherId: tashi } as const;
        const of = { region: village, changeId } as const;
        const change = { now, actor: by, seenPosition };
        return type === 'shift-change.asked'
          ? appendDutyChange(client, { ...of, type, data: { ask, saidBy: 'console' } }, change)
          : appendDutyChange(
              client,
              { ...of, type, data: { changeId, decision: 'refused' } },
              change,
            );
      });
    expect(await say('shift-change.asked', 'account:officer')).toBeNull();
    await expect(say('shift-change.decided', `account:${own}`)).rejects.toThrow('own matter');
    const absenceId = randomUUID();
    const enter = inTransaction(store, async (client) => {
      const { seenPosition } = await holdAbsence(client, absenceId);
      const data = { absenceId, personId: tashi, from: '2026-12-01', to: '2026-12-02' };
      const change = { now, actor: `account:${own}`, seenPosition };
      return appendAbsence(
        client,
        { region: village, absenceId, type: 'absence.entered', data },
        change,
      );
    });
    await expect(enter).rejects.toThrow('own matter');
    expect(isRefusal(await say('shift-change.decided', 'account:officer-2'))).toBe(false);
  });
});
