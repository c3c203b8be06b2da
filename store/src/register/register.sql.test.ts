import { randomUUID } from 'node:crypto';
import { isRefusal, refuse } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { readStream } from '#log/read-log.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { addPeople } from './add-people.ts';
import { seedDivisions } from './divisions.ts';
import { issueGrant } from './issue-grant.ts';
import { findPerson, listPeople } from './people.ts';
import { retirePerson } from './retire-person.ts';
import { rosterStream } from './roster.ts';
import { runCommand } from './run-command.ts';

const village = '540235100201';
const terminalId = `${village}-1`;
const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const change = { now, actor: 'system:test' };

describe.each(engines)('the register on $name', ({ open }) => {
  let store: TestStore;
  const personId = randomUUID();
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    await createTerminals(store, [{ terminalId, region: village, simulated: true }]);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('a person is added to the table, the terminal and the log at once', async () => {
    const person = { personId, region: village, name: '扎西', post: '委员' };
    expect(await addPeople(store, [person], change)).toBeNull();
    expect((await readDesired(store.pool, terminalId))?.people).toEqual([
      { personId, name: '扎西', post: '委员' },
    ]);
    const [stored] = await readStream(store.pool, rosterStream(village));
    expect(stored?.fact.type).toBe('person.added');
  });

  test('a grant reaches the terminal; a newer one for the same purpose takes its place', async () => {
    const issue = (at: Temporal.Instant) =>
      inTransaction(store, (client) =>
        issueGrant(
          client,
          {
            terminalId,
            region: village,
            grant: {
              grantId: randomUUID(),
              personId,
              purpose: 'set-pin',
              salt: 's',
              codeHash: 'h',
              expiresAt: at.add({ minutes: 10 }).toString({ fractionalSecondDigits: 3 }),
            },
          },
          { ...change, now: at },
        ),
      );
    expect(await issue(now)).toBeNull();
    expect(await issue(now.add({ minutes: 1 }))).toBeNull();
    expect((await readDesired(store.pool, terminalId))?.grants).toHaveLength(1);
  });

  test('a retired person leaves the terminal with their grants, keeps their row, and retires once', async () => {
    const retire = () =>
      inTransaction(store, (client) => retirePerson(client, { personId, region: village }, change));
    expect(await retire()).toBeNull();
    expect(await readDesired(store.pool, terminalId)).toMatchObject({ people: [], grants: [] });
    expect(await findPerson(store.pool, personId)).toEqual({ region: village, active: false });
    const again = await retire();
    expect(isRefusal(again) && again.code).toBe('not-active');
    const entry = { who: 'a', what: 'b', region: village, purpose: 'c', subject: null };
    const receipt = await appendAudit(store.pool, { entry, now });
    const all = { region: village, withRetired: true };
    expect(await listPeople(store.pool, receipt, all)).toMatchObject([
      { name: '扎西', retiredAt: '2026-11-23T04:00:00.000Z' },
    ]);
  });

  test('a command runs once; a refused one leaves nothing and may run again', async () => {
    let runs = 0;
    const accountId = randomUUID();
    const command = { commandId: randomUUID(), accountId, name: 'x', request: { a: 1 }, now };
    const run = (request: unknown, ends: 'well' | 'refused') =>
      runCommand(store, { ...command, request }, async () => {
        runs += 1;
        return ends === 'well' ? { runs } : refuse('no', 'No.');
      });
    expect(await run({ a: 1 }, 'refused')).toMatchObject({ code: 'no' });
    expect(await run({ a: 1 }, 'well')).toEqual({ runs: 2 });
    expect(await run({ a: 1 }, 'well')).toEqual({ runs: 2 });
    expect(await run({ a: 2 }, 'well')).toMatchObject({ code: 'idempotency-key-reused' });
    expect(runs).toBe(2);
  });
});
