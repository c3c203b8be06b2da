import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { openTestStore, type TestStore } from '#testing.ts';
import { createAccount } from './account.ts';
import { holdSelf, linkAccount } from './account-person.ts';

const village = '540235100201';
const now = Temporal.Instant.from('2026-11-24T04:00:00.000Z');
const change = { now, actor: 'account:security' };

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await seedDivisions(store.pool);
}, 60_000);
afterAll(() => store[Symbol.asyncDispose]());

async function person(): Promise<string> {
  const personId = randomUUID();
  await addPeople(store, [{ personId, region: village, name: '扎西', post: '' }], change);
  return personId;
}
const account = () => createAccount(store.pool, { roles: ['dispatcher'], region: '540235', now });
const link = (accountId: string, personId: string) =>
  inTransaction(store, async (client) => {
    const refused = await linkAccount(client, { accountId, personId }, change);
    return refused?.code ?? 'linked';
  });

test('of links made at once one stands: of an account, and of a person', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [one, other, tashi] = [await account(), await account(), await person()];
    const made = await Promise.all([link(one, tashi), link(other, tashi), link(one, tashi)]);
    expect(made.filter((each) => each === 'linked')).toHaveLength(1);
    await store.pool.query('update person set slot = null, retired_at = $1 where person_id = $2', [
      now.toString(),
      tashi,
    ]);
  }
});

test('a link waits for who is deciding, and a decision sees every link made before it', async () => {
  const [one, tashi] = [await account(), await person()];
  const said: string[] = [];
  const { promise: held, resolve: hold } = Promise.withResolvers<undefined>();
  const { promise: may, resolve: go } = Promise.withResolvers<undefined>();
  const deciding = inTransaction(store, async (client) => {
    const self = await holdSelf(client, `account:${one}`);
    hold(undefined);
    await may;
    said.push(`decided as ${self.people.length}`);
  });
  await held;
  const linking = link(one, tashi).then((each) => said.push(each));
  // The link stands in the queue of the lock before the decision goes on.
  for (let waiting = 0; waiting === 0;) {
    const { rows } = await store.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    waiting = rows[0]?.n ?? 0;
  }
  go(undefined);
  await Promise.all([deciding, linking]);
  expect(said).toEqual(['decided as 0', 'linked']);
  await inTransaction(store, async (client) => {
    expect((await holdSelf(client, `account:${one}`)).people).toEqual([tashi]);
  });
});
