import { randomUUID, verify, createPublicKey } from 'node:crypto';
import type { ConsentEventView, GrantReply, Page, PersonView } from '@sightline/contracts';
import {
  addPeople,
  catchUp,
  createTerminal,
  liveProjections,
  readDesired,
  readStream,
  consentStream,
} from '@sightline/store';
import { expect, test } from 'vitest';
import { TestDevice, type DeviceFact } from '#testing/test-device.ts';
import { openTestConsole, problemOf } from './testing-console.ts';

const village = '540235100201';
const terminalId = `${village}-1`;

/** A village with one person and one true device; `enrol` vouches and reports the enrolment. */
async function openConsent() {
  const console = await openTestConsole();
  const { store, clock } = console;
  const personId = randomUUID();
  const change = { now: clock.now, actor: 'system:test' };
  await addPeople(store, [{ personId, region: village, name: '扎西', post: '' }], change);
  await createTerminal(store, { terminalId, region: village, simulated: true });
  const device = await TestDevice.enrol(store, { terminalId, region: village });
  const cookie = await console.signIn(['dispatcher'], '540235');
  const post = (path: string, { body = {}, key }: { body?: object; key?: string } = {}) =>
    console.call({
      method: 'POST',
      url: `/api/people/${personId}/${path}`,
      cookie,
      body,
      ...(key === undefined ? {} : { key }),
    });
  const report = async (...facts: readonly DeviceFact[]): Promise<void> => {
    if (facts.length > 0) await device.append(store, facts);
    await catchUp(store, liveProjections);
  };
  const vouch = () => post('grants', { body: { purpose: 'enrol-face', terminalId } });
  return {
    console,
    cookie,
    device,
    personId,
    post,
    report,
    vouch,
    withdraw: (key?: string) => post('withdraw-face', key === undefined ? {} : { key }),
    enrol: async () => {
      const { grantId } = (await vouch()).json<GrantReply>();
      await report(device.enrolled(personId, grantId));
    },
    state: async () => {
      const url = `/api/villages/${village}/people?purpose=roster-upkeep`;
      const [person] = (await console.call({ url, cookie })).json<PersonView[]>();
      return person?.faceState;
    },
    ledger: async () => {
      const url = `/api/people/${personId}/consent?purpose=consent-upkeep`;
      return (await console.call({ url, cookie })).json<Page<ConsentEventView>>().items;
    },
    atTerminal: async () => (await readDesired(store.pool, terminalId))?.people[0],
  };
}

test('from enrolment to receipt: the state of a face follows what its terminal says', async () => {
  const { console, device, personId, ...rest } = await openConsent();
  await using _ = console;
  expect(await rest.state()).toBe('none');
  await rest.enrol();
  expect(await rest.state()).toBe('enrolled');
  expect((await rest.withdraw()).statusCode).toBe(201);
  expect(await rest.state()).toBe('withdrawing');
  expect(await rest.atTerminal()).toMatchObject({ personId, faceWithdrawn: true });
  await rest.report(device.erased(personId));
  expect(await rest.state()).toBe('withdrawn');
  const [erased, withdrawn, enrolled] = await rest.ledger();
  expect(erased).toMatchObject({ kind: 'erased', reason: 'withdrawn', terminalId });
  expect(withdrawn).toMatchObject({ kind: 'withdrawn', terminalId: null });
  expect(withdrawn?.by).toMatch(/^a[0-9a-f]{8}$/);
  expect(enrolled).toMatchObject({ kind: 'enrolled', consentVersion: '2026-11-26', receipt: null });
  expect(enrolled?.vouchedBy).toBe(withdrawn?.by);
});

test('a withdrawal is one fact by id alone, whatever is repeated, and is told apart from never enrolled', async () => {
  const { console, withdraw, enrol, report, personId } = await openConsent();
  await using _ = console;
  expect(problemOf(await withdraw())).toBe('no-face-consent');
  await enrol();
  const key = randomUUID();
  const replies = await Promise.all([withdraw(key), withdraw(key)]);
  expect(replies.map((reply) => reply.statusCode)).toEqual([201, 201]);
  expect(problemOf(await withdraw())).toBe('already-withdrawn');
  const stored = await readStream(console.store.pool, consentStream(village));
  expect(stored.map(({ fact }) => fact.data)).toEqual([{ personId }]);
  await report();
  expect(problemOf(await withdraw())).toBe('already-withdrawn');
});

test('a new code clears a withdrawal, but not before the terminal has erased the face', async () => {
  const { console, device, personId, vouch, ...rest } = await openConsent();
  await using _ = console;
  await rest.enrol();
  await rest.withdraw();
  expect(problemOf(await vouch())).toBe('still-erasing');
  expect(await rest.atTerminal()).toHaveProperty('faceWithdrawn', true);
  await rest.report(device.erased(personId));
  await rest.enrol();
  expect(await rest.atTerminal()).not.toHaveProperty('faceWithdrawn');
  expect(await rest.state()).toBe('enrolled');
  expect((await rest.withdraw()).statusCode).toBe(201);
});

test('a receipt is verified at each reading, and anybody can verify it with what the reply holds', async () => {
  const { console, device, personId, ...rest } = await openConsent();
  await using _ = console;
  await rest.enrol();
  await rest.report(device.withdrawn(personId), device.erased(personId));
  const [erased] = await rest.ledger();
  const receipt = erased?.receipt;
  expect(receipt).toMatchObject({ valid: true, doubt: null, source: device.source });
  expect(receipt?.text).toContain(personId);
  const key = createPublicKey({
    key: Buffer.from(receipt?.publicKey ?? '', 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const sig = Buffer.from(receipt?.sig ?? '', 'base64url');
  const text = Buffer.from(receipt?.text ?? '');
  expect(verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, sig)).toBe(true);
});

test('a forged receipt, one of another terminal and one of an unknown key each say what is wrong', async () => {
  const { console, device, personId, ...rest } = await openConsent();
  await using _ = console;
  const { store } = console;
  await rest.enrol();
  const good = device.erased(personId);
  const forged = { ...good, data: { ...good.data, model: 'another' } };
  const later = { ...good, at: Temporal.Now.instant().add({ seconds: 1 }) };
  await rest.withdraw();
  await rest.report(forged);
  // A receipt that does not hold erases nothing.
  expect(await rest.state()).toBe('withdrawing');
  expect(problemOf(await rest.vouch())).toBe('still-erasing');
  await rest.report(forged, later, good);
  expect(await rest.state()).toBe('withdrawn');
  const doubts = async () => (await rest.ledger()).map(({ receipt }) => receipt?.doubt);
  expect((await doubts()).slice(0, 3)).toEqual([null, 'wrong-signature', 'wrong-signature']);
  const other = `${village}-2`;
  await createTerminal(store, { terminalId: other, region: village, simulated: true });
  await store.pool.query('update terminal_source set terminal_id = $1', [other]);
  expect((await doubts()).slice(0, 3)).toEqual(Array(3).fill('other-terminal'));
  await store.pool.query('delete from enrolment_code');
  await store.pool.query('delete from terminal_source');
  expect((await doubts()).slice(0, 3)).toEqual(Array(3).fill('unknown-key'));
});

test('the ledger is read with a purpose, by those trusted with names, inside their region, and stands in the audit', async () => {
  const { console, personId, enrol } = await openConsent();
  await using _ = console;
  await enrol();
  const url = `/api/people/${personId}/consent`;
  const purpose = '?purpose=consent-upkeep';
  const own = await console.signIn(['dispatcher'], village);
  const read = (cookie: string, query = purpose) => console.call({ url: `${url}${query}`, cookie });
  expect((await read(own, '')).statusCode).toBe(400);
  expect((await read(own)).statusCode).toBe(200);
  expect((await read(own, `${purpose}&before=x`)).statusCode).toBe(400);
  const viewer = await console.signIn(['viewer'], '5402');
  const elsewhere = await console.signIn(['dispatcher'], '540202');
  for (const cookie of [viewer, elsewhere]) {
    expect((await read(cookie)).statusCode).toBe(403);
    const withdraw = { method: 'POST', url: `/api/people/${personId}/withdraw-face` } as const;
    expect((await console.call({ ...withdraw, cookie, body: {} })).statusCode).toBe(403);
  }
  const { rows } = await console.store.pool.query<{ body: string }>(
    `select body from audit where what = 'consent.read'`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.body).toContain(`person:${personId}`);
});
