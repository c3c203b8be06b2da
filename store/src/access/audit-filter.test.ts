import { expect, test } from 'vitest';
import { openTestStore } from '#testing.ts';
import { createAccount, setCredentials } from './account.ts';
import { appendAudit, listAudit, type AuditFilter } from './audit.ts';

const noon = Temporal.Instant.from('2026-11-23T04:00:00.000Z');

test('rows are found by who, what, why and when, and by all of them together', async () => {
  await using store = await openTestStore();
  const account = { roles: ['dispatcher'], region: '5402', now: noon } as const;
  const accountId = await createAccount(store.pool, account);
  await setCredentials(store.pool, { accountId, login: 'tashi', passwordHash: 'hash' });
  const rows = [
    [`account:${accountId}`, 'people.read', 'duty-watch'],
    [`account:${accountId}`, 'people.add', 'roster-upkeep'],
    ['system:demo', 'people.add', 'roster-upkeep'],
    ['account:another', 'people.read', 'vouching'],
  ] as const;
  for (const [hour, [who, what, purpose]] of rows.entries()) {
    const entry = { who, what, purpose, region: '5402', subject: null };
    await appendAudit(store.pool, { entry, now: noon.add({ hours: hour }) });
  }
  const found = async (filter: AuditFilter) => {
    const page = { scope: '5402', before: null, limit: 50, filter };
    return (await listAudit(store.pool, page)).map((row) => row.seq);
  };
  expect(await found({})).toEqual([4, 3, 2, 1]);
  expect(await found({ who: 'tashi' })).toEqual([2, 1]);
  expect(await found({ who: 'system' })).toEqual([3]);
  expect(await found({ what: 'people.read' })).toEqual([4, 1]);
  expect(await found({ purpose: 'roster-upkeep' })).toEqual([3, 2]);
  expect(await found({ since: '2026-11-23T05:00:00Z', until: '2026-11-23T07:00:00Z' })).toEqual([
    3, 2,
  ]);
  expect(await found({ who: 'tashi', what: 'people.add' })).toEqual([2]);
});
