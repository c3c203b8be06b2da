import { randomUUID } from 'node:crypto';
import { isRefusal, receiptOfComplaint } from '@sightline/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { seedDivisions } from '#register/divisions.ts';
import { addPeople, factInstant } from '#register/add-people.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { openSealedTexts } from '#seal/open-sealed-texts.ts';
import { sealForTests } from '#seal/testing-seal.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { answerComplaint, holdComplaint, reopenComplaint } from './change-complaint.ts';
import { complaintProjection } from './complaint-projection.ts';
import { eraseComplaintTexts } from './erase-complaint-texts.ts';
import { raiseComplaint } from './raise-complaint.ts';
import { findByReceipt, readComplaint } from './read-complaints.ts';
import { refreshNotices } from './refresh-notices.ts';

const village = '540235100201';
const here = `${village}-1`;
const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const refresh = { now, answerDays: 7, readingMinutes: 15 };
const later = (hours: number) => now.add({ hours });

describe.each(engines)('complaints on $name', ({ open }) => {
  let store: TestStore;
  let source: TestSource;
  let accountId: string;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: '5402', now });
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      `truncate log, log_batch, projection_cursor, person, terminal, complaint, complaint_text,
         complaint_answer cascade`,
    );
    source = new TestSource();
    await createTerminals(store, [{ terminalId: here, region: village, simulated: false }]);
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [source.source, here, now.toString()],
    );
  });

  const project = async (...facts: readonly TestFact[]): Promise<void> => {
    if (facts.length > 0) await source.append(store, facts);
    await catchUp(store, [complaintProjection]);
  };
  const raised = (complaintId: string, more: Record<string, unknown> = {}): TestFact => ({
    region: village,
    type: 'complaint.raised',
    at: factInstant(now),
    data: {
      complaintId,
      terminalId: here,
      kind: 'complaint',
      sentences: ['terminal-broken'],
      origin: 'kiosk',
      ...more,
    },
  });
  const reopened = (complaintId: string, terminalId = here): TestFact => ({
    region: village,
    type: 'complaint.reopened',
    at: factInstant(later(1)),
    data: { complaintId, terminalId },
  });
  const answer = async (complaintId: string, text = '已修好。', at = now) => {
    const change = { now: at, actor: `account:${accountId}`, text, accountId };
    const refusal = await inTransaction(store, async (client) => {
      const held = await holdComplaint(client, complaintId);
      if (held === null) throw new Error('It is not there.');
      return answerComplaint(client, held, change);
    });
    expect(refusal).toBeNull();
  };
  const stateOf = async (complaintId: string) => {
    const { rows } = await store.pool.query<{ state: string }>(
      'select state from complaint where complaint_id = $1',
      [complaintId],
    );
    return rows[0]?.state ?? null;
  };
  const wholeTable = async () =>
    (await store.pool.query('select * from complaint order by complaint_id')).rows;
  const told = async () => (await readDesired(store.pool, here))?.complaints;
  const receiptOf = (complaintId: string) =>
    findByReceipt(store.pool, { receipt: receiptOfComplaint(complaintId), scope: '5402' });
  const read = async (complaintId: string) => {
    const entry = { who: 'system:test', what: 'complaint.read', region: village };
    const asked = { ...entry, purpose: 'complaint', subject: null };
    const receipt = await appendAudit(store.pool, { entry: asked, now });
    return readComplaint(store.pool, receipt, complaintId);
  };

  test('said twice in the log it stands once, and the first word counts', async () => {
    const id = randomUUID();
    await project(raised(id), raised(id, { kind: 'suggestion' }));
    expect(await wholeTable()).toMatchObject([{ complaint_id: id, kind: 'complaint' }]);
  });

  test('a whole life, with every fact looked at twice, ends the same; rebuilt, the table is equal', async () => {
    const id = randomUUID();
    await project(raised(id));
    await answer(id);
    expect(await stateOf(id)).toBe('answered');
    await project(reopened(id));
    expect(await stateOf(id)).toBe('reopened');
    await answer(id, '又修了。', later(2));
    await project(reopened(id)); // A second reopening changes nothing.
    expect(await stateOf(id)).toBe('answered');
    expect(await receiptOf(id)).toMatchObject({
      hasBeenReopened: true,
      answers: [{ text: '已修好。' }, { text: '又修了。' }],
    });
    const before = await wholeTable();
    await rebuild(store, complaintProjection);
    expect(await wholeTable()).toEqual(before);
  });

  test('a terminal reopens what was raised there, and nothing else', async () => {
    const id = randomUUID();
    await project(raised(id));
    await answer(id);
    await project(reopened(id, 'another-1'));
    expect(await stateOf(id)).toBe('answered');
  });

  test('from a page: once an id, without an account anywhere in log, commands or audit', async () => {
    const complaintId = randomUUID();
    const complaint = {
      complaintId,
      kind: 'complaint',
      sentences: [],
      text: '检查太多',
      contact: '',
      aboutLogin: ' Basang ',
      region: village,
      origin: 'console',
    } as const;
    const tries = await Promise.all([1, 2, 3].map(() => raiseComplaint(store, complaint, now)));
    expect(tries).toEqual([null, null, null]);
    const other = await raiseComplaint(store, { ...complaint, text: '别的' }, now);
    expect(isRefusal(other) && other.code).toBe('id-taken');
    expect(await read(complaintId)).toMatchObject({ text: '检查太多', origin: 'console' });
    const { rows } = await store.pool.query<{ body: string }>('select body from log');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).not.toContain('检查太多');
    expect(rows[0]?.body).not.toContain('account:');
    const held = await inTransaction(store, (client) => holdComplaint(client, complaintId));
    expect(held?.aboutLogin).toBe('basang');
  });

  test('what a kiosk sealed is opened once; erased it stays away, and without its key it is for nobody', async () => {
    await refreshNotices(store, refresh);
    const key = (await told())?.key;
    if (key === undefined) throw new Error('The terminal was given no key.');
    const id = randomUUID();
    const written = JSON.stringify({ text: '灯坏了', contact: '13800000000' });
    const sealed = sealForTests(
      { kind: 'complaint', id },
      written,
      Buffer.from(key.publicKey, 'base64url'),
    );
    await project(raised(id, { sentences: [], sealed: { keyId: key.keyId, ...sealed } }));
    expect(await openSealedTexts(store)).toBe(1);
    expect(await openSealedTexts(store)).toBe(0);
    expect(await read(id)).toMatchObject({ text: '灯坏了', contact: '13800000000', gone: null });

    // Used: the terminal gets a new key, and the old one ends.
    await refreshNotices(store, refresh);
    expect((await told())?.key.keyId).not.toBe(key.keyId);

    await answer(id);
    const retention = { textDays: 180, keyDays: 60 };
    expect(await eraseComplaintTexts(store, retention, later(24 * 59))).toEqual({
      texts: 0,
      keys: 0,
    });
    expect(await eraseComplaintTexts(store, retention, later(24 * 181))).toEqual({
      texts: 1,
      keys: 1,
    });
    expect(await openSealedTexts(store)).toBe(0);
    expect(await read(id)).toMatchObject({ text: '', contact: '', gone: 'erased' });
    // Even somebody who takes the erased row away cannot open the log's copy any more.
    await store.pool.query('delete from complaint_text');
    await openSealedTexts(store);
    expect(await read(id)).toMatchObject({ text: '', gone: 'unreadable' });
    expect(await stateOf(id)).toBe('answered');
  });

  test("a seal with another terminal's key is opened for nobody", async () => {
    const there = `${village}-2`;
    await createTerminals(store, [{ terminalId: there, region: village, simulated: false }]);
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [`${source.source.slice(0, 42)}_`, there, now.toString()],
    );
    await refreshNotices(store, refresh);
    const key = (await readDesired(store.pool, there))?.complaints?.key;
    if (key === undefined) throw new Error('The terminal was given no key.');
    const id = randomUUID();
    const text = JSON.stringify({ text: '灯坏了', contact: '' });
    const sealed = sealForTests(
      { kind: 'complaint', id },
      text,
      Buffer.from(key.publicKey, 'base64url'),
    );
    await project(raised(id, { sealed: { keyId: key.keyId, ...sealed } }));
    await openSealedTexts(store);
    expect(await read(id)).toMatchObject({ text: '', gone: 'unreadable' });
  });

  test('a terminal is told where its complaints stand, once, and again when one moves', async () => {
    const id = randomUUID();
    await project(raised(id));
    expect(await refreshNotices(store, refresh)).toBe(1);
    expect(await refreshNotices(store, refresh)).toBe(0);
    const first = await told();
    expect(first).toMatchObject({ answerDays: 7, standings: [{ state: 'received' }] });
    expect(first?.standings[0]?.dueAt).not.toBeNull();
    await answer(id);
    expect(await refreshNotices(store, refresh)).toBe(1);
    expect((await told())?.standings).toMatchObject([
      {
        complaintId: id,
        state: 'answered',
        dueAt: null,
        answers: [{ text: '已修好。' }],
        mayReopen: true,
      },
    ]);
  });

  test('readings reach the terminal, those of the village and of each person, at most once a quarter of an hour', async () => {
    const personId = randomUUID();
    const change = { now, actor: 'system:test' };
    await addPeople(store, [{ personId, region: village, name: '扎西', post: '' }], change);
    await refreshNotices(store, refresh);
    const version = async () => (await readDesired(store.pool, here))?.version;
    const settled = await version();
    const note = (what: string, subject: string | null, region = village) =>
      appendAudit(store.pool, {
        entry: { who: `account:${accountId}`, what, region, purpose: 'duty-watch', subject },
        now,
      });
    await note('people.read', null);
    await note('consent.read', `person:${personId}`);
    await note('consent.read', `person:${randomUUID()}`);
    await note('people.export', null, '540235');
    await note('people.read', null, '540235100202');
    await note('trouble.read', null);
    expect(await refreshNotices(store, refresh)).toBe(0);
    expect(await version()).toBe(settled);
    expect(await refreshNotices(store, { ...refresh, now: now.add({ minutes: 15 }) })).toBe(1);
    expect(await refreshNotices(store, { ...refresh, now: now.add({ minutes: 30 }) })).toBe(0);
    const readings = (await readDesired(store.pool, here))?.readings;
    expect(readings?.map((reading) => [reading.what, reading.personId])).toEqual([
      ['people.export', null],
      ['consent.read', personId],
      ['people.read', null],
    ]);
    expect(readings?.[0]).toMatchObject({ roles: ['dispatcher'], accountRegion: '5402' });
  });

  test('a receipt that two complaints share shows neither', async () => {
    const tail = '-7000-8000-000000000042';
    const [first, second] = [`0190a5d4-0000${tail}`, `0190a5d4-0001${tail}`];
    await project(raised(first));
    expect(await receiptOf(first)).toMatchObject({ complaintId: first });
    await project(raised(second));
    expect(await receiptOf(first)).toBeNull();
  });

  test('reopened at the centre, its clock runs again from there', async () => {
    const id = randomUUID();
    await project(raised(id));
    await answer(id);
    const result = await inTransaction(store, async (client) => {
      const held = await holdComplaint(client, id);
      if (held === null) throw new Error('It is not there.');
      return reopenComplaint(client, held, later(30));
    });
    expect(result).toBeNull();
    expect(await receiptOf(id)).toMatchObject({
      state: 'reopened',
      dueFrom: factInstant(later(30)),
    });
  });
});
