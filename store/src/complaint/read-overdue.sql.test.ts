import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { factInstant } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import {
  answerComplaint,
  holdComplaint,
  reopenComplaint,
  type ComplaintCase,
} from './change-complaint.ts';
import { raiseComplaint } from './raise-complaint.ts';
import { readOverdue } from './read-overdue.ts';

const township = '540235100';
const raisedAt = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const answerDays = 7;
const dueAt = raisedAt.add({ hours: 24 * answerDays });
const past = dueAt.add({ milliseconds: 1 });

describe.each(engines)('overdue complaints on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const account = { roles: ['dispatcher'], region: '5402', now: raisedAt } as const;
    accountId = await createAccount(store.pool, account);
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query('truncate complaint, complaint_text, complaint_answer cascade');
  });

  const raise = async (region: string, at = raisedAt, aboutLogin?: string): Promise<string> => {
    const complaintId = randomUUID();
    const said = { kind: 'complaint', sentences: [], text: '灯坏了', contact: '' } as const;
    const about = aboutLogin === undefined ? {} : { aboutLogin };
    const complaint = { complaintId, ...said, ...about, region, origin: 'console' } as const;
    expect(await raiseComplaint(store, complaint, at)).toBeNull();
    return complaintId;
  };
  const change = async (
    complaintId: string,
    step: (client: Client, held: ComplaintCase) => Promise<unknown>,
  ): Promise<void> => {
    const refusal = await inTransaction(store, async (client) => {
      const held = await holdComplaint(client, complaintId);
      if (held === null) throw new Error('It is not there.');
      return step(client, held);
    });
    expect(refusal).toBeNull();
  };
  const answer = (complaintId: string, now: Temporal.Instant) =>
    change(complaintId, (client, held) =>
      answerComplaint(client, held, {
        now,
        actor: `account:${accountId}`,
        text: '好。',
        accountId,
      }),
    );
  const overdueAt = (now: Temporal.Instant) => readOverdue(store.pool, { answerDays, now });

  test('a complaint is overdue from the millisecond after its due instant', async () => {
    await raise(`${township}201`);
    expect(await overdueAt(dueAt)).toEqual([]);
    expect(await overdueAt(past)).toEqual([
      { region: township, count: 1, since: factInstant(dueAt) },
    ]);
  });

  test('they are counted by township with the oldest, the longest overdue first', async () => {
    const hour = (hours: number) => raisedAt.add({ hours });
    await raise(`${township}201`, hour(3));
    await raise(`${township}202`, hour(2));
    await raise('540221001001', hour(1));
    await raise('540221', hour(4));
    expect(await overdueAt(dueAt.add({ hours: 5 }))).toEqual([
      { region: '540221001', count: 1, since: factInstant(dueAt.add({ hours: 1 })) },
      { region: township, count: 2, since: factInstant(dueAt.add({ hours: 2 })) },
      { region: '540221', count: 1, since: factInstant(dueAt.add({ hours: 4 })) },
    ]);
  });

  test('an answered one is not overdue; asked again it is, when its new time is over', async () => {
    const complaintId = await raise(`${township}201`);
    await answer(complaintId, raisedAt.add({ hours: 1 }));
    expect(await overdueAt(past)).toEqual([]);
    await change(complaintId, (client, held) => reopenComplaint(client, held, past));
    const dueAgain = past.add({ hours: 24 * answerDays });
    expect(await overdueAt(dueAgain)).toEqual([]);
    expect(await overdueAt(dueAgain.add({ milliseconds: 1 }))).toMatchObject([
      { region: township, count: 1, since: factInstant(dueAgain) },
    ]);
  });

  test('one about an account is not told to everybody who sees the screen', async () => {
    await raise(`${township}201`, raisedAt, 'basang');
    expect(await overdueAt(past)).toEqual([]);
  });

  test('of more townships than a screen can tell, the longest overdue come', async () => {
    await store.pool.query(
      `insert into complaint (complaint_id, position, changed_position, region, kind, sentences,
         origin, receipt, raised_at, state, due_from)
       select gen_random_uuid(), n, n, '540235' || (100 + n) || '001', 'complaint', '{}', 'console',
         '123456789', $1, 'received', $1::timestamptz + make_interval(secs => n)
       from generate_series(1, $2::integer) as n`,
      [raisedAt.toString(), limits.overduePlaces + 5],
    );
    const rows = await overdueAt(past.add({ hours: 1 }));
    expect(rows).toHaveLength(limits.overduePlaces);
    expect(rows[0]).toMatchObject({ region: '540235101', count: 1 });
  });
});
