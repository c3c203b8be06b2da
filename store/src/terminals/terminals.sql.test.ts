import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, type EnrolReply, type Refusal } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import { readStream } from '#log/read-log.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { listDesiredChanges, readDesired, updateDesired } from './desired.ts';
import { enrolSource, issueEnrolmentCode, issueEnrolmentCodes } from './enrolment.ts';
import {
  readBrokerState,
  readLinkStates,
  saveBrokerState,
  saveLinkStates,
  type LinkState,
} from './link-state.ts';
import { findSource, revokeTerminal } from './sources.ts';
import { createTerminal, createTerminals, listTerminals } from './terminals.ts';

const now = '2026-11-23T12:00:00.000Z';
const later = '2026-11-24T11:59:59.000Z';
const tooLate = '2026-11-24T12:00:00.001Z';
const region = '540235100001';

describe.each(engines)('terminals on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const enrol = (code: string, fingerprint: string, at = now): Promise<EnrolReply | Refusal> =>
    enrolSource(store, { code, fingerprint, publicKey: `key of ${fingerprint}`, now: at });

  test('a code makes one device key the source of its terminal, once', async () => {
    await createTerminal(store, { terminalId: 't-once', region, simulated: true });
    const code = await issueEnrolmentCode(store.pool, 't-once', now);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const reply = await enrol(code.toLowerCase().replaceAll('-', ' '), 'once');
    expect(reply).toEqual({ terminalId: 't-once', region, source: 'once', simulated: true });
    expect(await findSource(store.pool, 'once')).toEqual({
      source: 'once',
      terminalId: 't-once',
      region,
      simulated: true,
      publicKey: 'key of once',
      headSeq: 0,
      headHash: null,
      revokedAt: null,
    });
    expect(await enrol(code, 'once')).toEqual(reply);
    expect(await enrol(code, 'somebody else')).toMatchObject({ refused: true, code: 'used-code' });
    const told = await readStream(store.pool, `terminal/${region}/t-once`);
    expect(told.map((entry) => [entry.fact.type, entry.fact.data])).toEqual([
      ['terminal.enrolled', { terminalId: 't-once', source: 'once', simulated: true }],
    ]);
  });

  test('a wrong, an old and a replaced code are refused, each in its own words', async () => {
    await createTerminal(store, { terminalId: 't-codes', region, simulated: false });
    expect(await enrol('0000-0000-0000', 'x')).toMatchObject({ code: 'unknown-code' });
    const replaced = await issueEnrolmentCode(store.pool, 't-codes', now);
    const code = await issueEnrolmentCode(store.pool, 't-codes', now);
    expect(await enrol(replaced, 'x')).toMatchObject({ code: 'unknown-code' });
    expect(await enrol(code, 'x', tooLate)).toMatchObject({ code: 'expired-code' });
    expect(isRefusal(await enrol(code, 'x'))).toBe(false);
    await expect(issueEnrolmentCode(store.pool, 't-nowhere', now)).rejects.toThrow(/t-nowhere/);
  });

  test('a new key ends the one before it, and an ended key cannot come back', async () => {
    await createTerminal(store, { terminalId: 't-again', region, simulated: false });
    await enrol(await issueEnrolmentCode(store.pool, 't-again', now), 'first key');
    await enrol(await issueEnrolmentCode(store.pool, 't-again', now), 'second key', later);
    expect((await findSource(store.pool, 'first key'))?.revokedAt).toBe(later);
    expect((await findSource(store.pool, 'second key'))?.revokedAt).toBeNull();
    const code = await issueEnrolmentCode(store.pool, 't-again', now);
    expect(await enrol(code, 'first key')).toMatchObject({ code: 'known-key' });
    // The refusal took nothing back from the key in use.
    expect((await findSource(store.pool, 'second key'))?.revokedAt).toBeNull();
  });

  test('revoking ends the key and its codes and is told in the log', async () => {
    await createTerminal(store, { terminalId: 't-gone', region, simulated: false });
    await enrol(await issueEnrolmentCode(store.pool, 't-gone', now), 'gone');
    const unused = await issueEnrolmentCode(store.pool, 't-gone', now);
    const revocation = { terminalId: 't-gone', now: later, actor: 'account:1' };
    expect(await revokeTerminal(store, revocation)).toEqual(['gone']);
    expect(await revokeTerminal(store, revocation)).toEqual([]);
    expect((await findSource(store.pool, 'gone'))?.revokedAt).toBe(later);
    expect(await enrol(unused, 'back')).toMatchObject({ code: 'unknown-code' });
    const told = await readStream(store.pool, `terminal/${region}/t-gone`);
    expect(told.map((entry) => entry.fact.type)).toEqual(['terminal.enrolled', 'terminal.revoked']);
  });

  test('a change of what should be raises the version and is found by the poll', async () => {
    await createTerminal(store, { terminalId: 't-desired', region, simulated: false });
    expect(await readDesired(store.pool, 't-unknown')).toBeNull();
    const first = await readDesired(store.pool, 't-desired');
    expect(first).toMatchObject({ v: 1, terminalId: 't-desired', version: 1, region, people: [] });
    const since = (await listDesiredChanges(store.pool, null)).at(-1)?.updatedAt ?? null;
    const person = {
      personId: '0190e1a2-0000-7000-8000-000000000001',
      name: '扎西',
      post: '村主任',
    };
    const changed = await inTransaction(store, (client) =>
      updateDesired(client, 't-desired', (desired) => ({
        ...desired,
        version: 99,
        people: [person],
      })),
    );
    expect(changed).toMatchObject({ version: 2, people: [person] });
    expect(await readDesired(store.pool, 't-desired')).toEqual(changed);
    const found = await listDesiredChanges(store.pool, since);
    expect(found.at(-1)?.desired).toEqual(changed);
  });

  test('codes for many terminals are made at once, each its own', async () => {
    const ids = ['t-bulk-1', 't-bulk-2'];
    await createTerminals(
      store,
      ids.map((terminalId) => ({ terminalId, region, simulated: true })),
    );
    const codes = await issueEnrolmentCodes(store.pool, ids, now);
    expect([...codes.keys()]).toEqual(ids);
    expect(new Set(codes.values()).size).toBe(2);
  });

  const link = (change: Partial<LinkState>): LinkState => ({
    terminalId: 't-link',
    region: '540236100001',
    connected: true,
    linkSince: now,
    beatAt: now,
    waiting: 3,
    oldestWaitingAt: now,
    deadLetters: 0,
    desiredVersion: 1,
    camera: 'ready',
    version: '1',
    device: {
      diskFreeMb: 900,
      diskTotalMb: 28_000,
      memoryFreeMb: 512,
      temperatureC: null,
      selfTest: { at: now, camera: 'seen', microphone: 'silent', speaker: 'heard' },
    },
    ...change,
  });

  test('the last state of a link is what is read, within the scope only', async () => {
    await createTerminal(store, { terminalId: 't-link', region: '540236100001', simulated: false });
    await saveLinkStates(store.pool, [link({}), link({ terminalId: 't-never-made' })]);
    const last = link({ beatAt: null, waiting: 0, oldestWaitingAt: null, camera: null });
    await saveLinkStates(store.pool, [last]);
    expect(await readLinkStates(store.pool, '540236')).toEqual([last]);
    expect(await readLinkStates(store.pool, '540237')).toEqual([]);
    const listed = await listTerminals(store.pool, '540236', { limit: 10 });
    expect(listed).toMatchObject([{ terminalId: 't-link', source: null, state: last }]);
  });

  test('a broker that starts again takes back the links of its earlier life', async () => {
    await createTerminal(store, { terminalId: 't-link', region: '540236100001', simulated: false });
    await saveBrokerState(store.pool, { listeningSince: now, aliveAt: now });
    await saveLinkStates(store.pool, [link({})]);
    await saveBrokerState(store.pool, { listeningSince: now, aliveAt: later });
    expect((await readLinkStates(store.pool, '540236'))[0]?.connected).toBe(true);
    await saveBrokerState(store.pool, { listeningSince: later, aliveAt: later });
    expect((await readLinkStates(store.pool, '540236'))[0]).toEqual(
      link({ connected: false, linkSince: later }),
    );
    expect(await readBrokerState(store.pool)).toEqual({ listeningSince: later, aliveAt: later });
  });

  test('terminals are listed page by page within a scope', async () => {
    const ids = ['t-a', 't-b', 't-c'];
    await createTerminals(
      store,
      ids.map((terminalId) => ({ terminalId, region: '540238100001', simulated: false })),
    );
    const first = await listTerminals(store.pool, '540238', { limit: 2 });
    const after = first[1];
    const rest = await listTerminals(store.pool, '540238', {
      limit: 2,
      ...(after === undefined ? {} : { after }),
    });
    expect([...first, ...rest].map((row) => row.terminalId)).toEqual(ids);
  });
});
