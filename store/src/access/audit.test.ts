import { openTestStore, type TestStore } from '#testing.ts';
import { expect, test } from 'vitest';
import { appendAudit, listAudit, verifyAudit } from './audit.ts';

const now = Temporal.Instant.from('2026-11-23T04:00:00.123Z');

async function openWithRows(count: number): Promise<TestStore> {
  const store = await openTestStore();
  for (let row = 1; row <= count; row += 1) {
    const entry = {
      who: 'account:x',
      what: 'people.read',
      region: row % 2 === 0 ? '540235100201' : '540221100201',
      purpose: 'duty-watch',
      subject: `第 ${row}`,
    };
    await appendAudit(store.pool, { entry, now });
  }
  return store;
}

/** Somebody with the database's own rights goes around the triggers. */
async function tamper(store: TestStore, sql: string): Promise<void> {
  await store.pool.query('alter table audit disable trigger all');
  await store.pool.query(sql);
  await store.pool.query('alter table audit enable trigger all');
}

test('an untouched chain verifies to its head, whatever letters it holds', async () => {
  await using store = await openWithRows(5);
  const verdict = await verifyAudit(store.pool);
  expect(verdict).toMatchObject({ rows: 5, brokenAt: null, head: { seq: 5 } });
  expect(verdict.head.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('rows are never changed or removed by a statement', async () => {
  await using store = await openWithRows(1);
  for (const sql of ["update audit set who = 'x'", 'delete from audit', 'truncate audit']) {
    await expect(store.pool.query(sql)).rejects.toThrow('never changed or removed');
  }
});

test.each([
  ['a changed body', `update audit set body = replace(body, '第 3', '第 9') where seq = 3`, 3],
  ['a changed column', `update audit set who = 'account:y' where seq = 2`, 2],
  ['a changed instant', `update audit set at = at + interval '1 s' where seq = 4`, 4],
  ['a removed row', 'delete from audit where seq = 3', 3],
  ['a removed first row', 'delete from audit where seq = 1', 1],
  [
    'two rows in each other’s place',
    `update audit a set body = b.body from audit b where a.seq in (2, 4) and b.seq = 6 - a.seq`,
    2,
  ],
  [
    'a row with its own hash made anew',
    `update audit set body = replace(body, '第 3', '第 9'),
       hash = sha256(prev || convert_to(replace(body, '第 3', '第 9'), 'UTF8')) where seq = 3`,
    4,
  ],
])('%s is found and named', async (_, sql, brokenAt) => {
  await using store = await openWithRows(5);
  await tamper(store, sql);
  expect((await verifyAudit(store.pool)).brokenAt).toBe(brokenAt);
});

test('a cut-off end, or a whole chain made anew, shows against a head noted earlier', async () => {
  await using store = await openWithRows(5);
  const { head } = await verifyAudit(store.pool);
  await tamper(store, 'delete from audit where seq = 5');
  expect((await verifyAudit(store.pool)).brokenAt).toBeNull();
  expect((await verifyAudit(store.pool, head)).brokenAt).toBe(5);
  await appendAudit(store.pool, {
    entry: { who: 'a', what: 'b', region: '5402', purpose: 'c', subject: null },
    now,
  });
  expect((await verifyAudit(store.pool, head)).brokenAt).toBe(5);
});

test('rows appended at once make one chain without a gap', async () => {
  await using store = await openTestStore();
  const entry = { who: 'a', what: 'b', region: '5402', purpose: 'c', subject: null };
  await Promise.all(Array.from({ length: 40 }, () => appendAudit(store.pool, { entry, now })));
  expect(await verifyAudit(store.pool)).toMatchObject({ rows: 40, brokenAt: null });
});

test('the list keeps to its scope and pages by the last row shown', async () => {
  await using store = await openWithRows(6);
  const scope = '540235';
  const first = await listAudit(store.pool, { scope, before: null, limit: 2 });
  expect(first.map((row) => row.seq)).toEqual([6, 4]);
  const second = await listAudit(store.pool, { scope, before: 4, limit: 2 });
  expect(second.map((row) => row.seq)).toEqual([2]);
});
