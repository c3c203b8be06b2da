import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { consentVersion } from '#domain/consent.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import { tableDesired, tableGrant, tablePeople } from '#kiosk/testing/table-terminal.ts';

const [ann, bo] = tablePeople;
const right = '246810';
const { personId } = ann;
let table: TableKiosk;

beforeEach(async () => {
  table = await openTableKiosk();
});
afterEach(() => table[Symbol.asyncDispose]());

/** Sets a PIN with a fresh code of the console. */
async function givePin(to = personId, pin = right): Promise<void> {
  const grant = tableGrant('set-pin', to);
  table.terminal.setDesired(tableDesired({ grants: [grant] }));
  const { status } = await table.client.post('/api/pin', { personId: to, code: '12345678', pin });
  expect(status).toBe(200);
}

const checkIn = (pin = right, who = personId) =>
  table.client.post('/api/check-in/pin', { personId: who, pin });

describe('check-in by PIN', () => {
  test('records one fact of the shift and says so', async () => {
    await givePin();
    expect(await checkIn()).toMatchObject({
      status: 200,
      body: { outcome: 'checked-in', shift: '2026-11-23/night', method: 'pin', waiting: false },
    });
    const fact = table.terminal.facts.at(-1);
    expect(fact).toMatchObject({
      type: 'duty.checked-in',
      stream: 'duty/540202103202/2026-11-23-night',
      actor: `person:${personId}`,
      at: tableTime,
    });
    expect((await table.client.state()).onDuty).toEqual([{ personId, at: tableTime }]);
  });

  test('a second one, even at the same moment, records nothing more', async () => {
    await givePin();
    const answers = await Promise.all([checkIn(), checkIn(), checkIn()]);
    const outcomes = answers.map(({ body }) => body['outcome']);
    expect(outcomes).toEqual(['checked-in', 'already-checked-in', 'already-checked-in']);
    expect(table.terminal.facts.filter(({ type }) => type === 'duty.checked-in')).toHaveLength(1);
  });

  test('says that the fact waits while the link is down', async () => {
    await givePin();
    table.terminal.goDark();
    expect((await checkIn()).body).toMatchObject({ outcome: 'checked-in', waiting: true });
  });

  test('ten wrong PINs lock for a minute, then for fifteen; the right one waits too', async () => {
    await givePin();
    for (let i = 1; i <= 4; i++) expect((await checkIn('000000')).body['code']).toBe('pin-wrong');
    expect((await checkIn('000000')).body['code']).toBe('pin-locked-short');
    expect((await checkIn()).body['code']).toBe('pin-locked-short');
    table.terminal.setTime('2026-11-23T13:48:21.000Z');
    for (let i = 6; i <= 9; i++) expect((await checkIn('000000')).body['code']).toBe('pin-wrong');
    const tenth = await checkIn('000000');
    expect(tenth).toMatchObject({ status: 409, body: { code: 'pin-locked-long' } });
    expect(tenth.body['detail']).toBe('Too many wrong PINs for this person. Try again in 15 min.');
    table.terminal.setTime('2026-11-23T14:02:00.000Z');
    expect((await checkIn()).body['code']).toBe('pin-locked-long');
    table.terminal.setTime('2026-11-23T14:03:22.000Z');
    expect((await checkIn()).body['outcome']).toBe('checked-in');
  });

  test('one person’s wrong tries do not lock another', async () => {
    await givePin(personId);
    await givePin(bo.personId, '111222');
    for (let i = 0; i < 5; i++) await checkIn('000000');
    expect((await checkIn('111222', bo.personId)).body['outcome']).toBe('checked-in');
  });

  test('the lock stands after a restart of the agent', async () => {
    await givePin();
    for (let i = 0; i < 5; i++) await checkIn('000000');
    const { dir, terminal } = table;
    await using again = await openTableKiosk({ dir, terminal });
    const answer = await again.client.post('/api/check-in/pin', { personId, pin: right });
    expect(answer.body['code']).toBe('pin-locked-short');
  });

  test.each([
    ['somebody without a PIN', bo.personId, 'pin-not-set'],
    ['somebody who is not on the list', 'nobody', 'person-not-on-list'],
  ])('%s is told what to do', async (_who, who, code) => {
    expect(await checkIn(right, who)).toMatchObject({ status: 409, body: { code } });
  });

  test('a full disk is said and the person is not on duty', async () => {
    await givePin();
    table.terminal.refuseNext({ refused: true, code: 'disk-full', detail: 'Free some space.' });
    expect((await checkIn()).body['code']).toBe('disk-full');
    expect((await table.client.state()).onDuty).toEqual([]);
    expect((await checkIn()).body['outcome']).toBe('checked-in');
  });
});

describe('check-in by PIN with a witness', () => {
  const witnessed = (pin: string, who = bo.personId) =>
    table.client.post('/api/check-in/pin', {
      personId,
      pin: right,
      witness: { personId: who, pin },
    });

  test('names both, and is a method of its own', async () => {
    await givePin();
    await givePin(bo.personId, '111222');
    expect((await witnessed('111222')).body).toMatchObject({
      outcome: 'checked-in',
      method: 'pin-witness',
    });
    expect(table.terminal.facts.at(-1)?.data).toMatchObject({
      personId,
      method: 'pin-witness',
      witnessId: bo.personId,
    });
  });

  test('nobody is their own witness, and a wrong PIN of the witness checks nobody in', async () => {
    await givePin();
    expect((await witnessed(right, personId)).body['code']).toBe('witness-same');
    expect((await witnessed('111222')).body['code']).toBe('witness-pin-not-set');
    await givePin(bo.personId, '111222');
    expect((await witnessed('999999')).body['code']).toBe('witness-pin-wrong');
    expect(table.terminal.facts.some(({ type }) => type === 'duty.checked-in')).toBe(false);
  });

  test('a witness’s wrong PINs lock the witness', async () => {
    await givePin();
    await givePin(bo.personId, '111222');
    for (let i = 1; i <= 4; i++) await witnessed('999999');
    expect((await witnessed('999999')).body['code']).toBe('witness-pin-locked-short');
    expect((await checkIn()).body['outcome']).toBe('checked-in');
  });
});

describe('codes of the console', () => {
  const late = { expiresAt: '2026-11-23T13:46:00.000Z' };
  test.each([
    ['a wrong code', tableGrant('set-pin', personId, { code: '87654321' }), 'code-wrong'],
    ['an expired code', tableGrant('set-pin', personId, late), 'code-expired'],
    ['a code for somebody else', tableGrant('set-pin', bo.personId), 'code-foreign'],
    ['a code for something else', tableGrant('enrol-face', personId), 'code-foreign'],
  ])('%s sets no PIN', async (_case, grant, code) => {
    table.terminal.setDesired(tableDesired({ grants: [grant] }));
    const answer = await table.client.post('/api/pin', { personId, code: '12345678', pin: right });
    expect(answer).toMatchObject({ status: 409, body: { code } });
    expect(table.terminal.facts).toEqual([]);
    expect((await table.client.state()).people[0]?.hasPin).toBe(false);
  });

  test('a code that cannot have arrived is not called wrong', async () => {
    table.terminal.goDark();
    const answer = await table.client.post('/api/pin', { personId, code: '12345678', pin: right });
    expect(answer.body['code']).toBe('code-not-arrived');
  });

  test('a code works once', async () => {
    await givePin();
    const again = await table.client.post('/api/pin', {
      personId,
      code: '12345678',
      pin: '999999',
    });
    expect(again.body['code']).toBe('code-used');
    expect((await checkIn()).body['outcome']).toBe('checked-in');
  });

  test('a PIN without its fact is no PIN', async () => {
    const grant = tableGrant('set-pin', personId);
    table.terminal.setDesired(tableDesired({ grants: [grant] }));
    table.terminal.refuseNext({ refused: true, code: 'outbox-full', detail: 'Connect the link.' });
    const answer = await table.client.post('/api/pin', { personId, code: '12345678', pin: right });
    expect(answer.body['code']).toBe('outbox-full');
    expect((await checkIn()).body['code']).toBe('pin-not-set');
  });

  test('an older consent text enrols nobody', async () => {
    const body = { personId, code: '12345678', consentVersion: '2020-01-01' };
    expect((await table.client.post('/api/enrol', body)).body['code']).toBe('consent-outdated');
  });
});

describe('a terminal that cannot see', () => {
  test('says what is missing, and the PIN works', async () => {
    const grant = tableGrant('enrol-face', personId);
    table.terminal.setDesired(tableDesired({ grants: [grant] }));
    const body = { personId, code: '12345678', consentVersion };
    const refused = await table.client.post('/api/enrol', body);
    expect(refused.body['code']).toBe('face-unavailable');
    expect(refused.body['detail']).toContain('The networks are missing.');
    expect((await table.client.post('/api/check-in/face', {})).body['code']).toBe(
      'face-unavailable',
    );
    const faces = (await table.client.state()).parts.find(({ name }) => name === 'faces');
    expect(faces).toMatchObject({ state: 'down', detail: 'The networks are missing.' });
    await givePin();
    expect((await checkIn()).body['outcome']).toBe('checked-in');
  });
});

describe('what is kept', () => {
  test('no PIN, in files, logs or answers', async () => {
    await givePin();
    await checkIn();
    const kept = ['kiosk.db', 'kiosk.db-wal'].map((name) => readFileSync(join(table.dir, name)));
    expect(kept.some((bytes) => bytes.includes('argon2id'))).toBe(true);
    const told = JSON.stringify([table.logged, table.terminal.facts, await table.client.state()]);
    for (const text of [...kept.map(String), told]) expect(text).not.toContain(right);
  });

  test('a person taken off the list is forgotten', async () => {
    await givePin();
    const { records } = table.terminal;
    expect(await records?.pins()).toEqual([personId]);
    await records?.executors['forget-pin']({ kind: 'forget-pin', personId });
    expect(await records?.pins()).toEqual([]);
    expect((await checkIn()).body['code']).toBe('pin-not-set');
  });
});

describe('a terminal that is not enrolled', () => {
  test('asks for its code and takes it', async () => {
    table.terminal.setState({ terminalId: null, region: null, enrolment: 'not-enrolled' });
    const wrong = await table.client.post('/api/terminal/enrol', { code: 'XXXX-XXXX' });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'code-unknown' } });
    expect((await table.client.state()).enrolment).toBe('not-enrolled');
    await table.client.post('/api/terminal/enrol', { code: 'ABCD-EFGH' });
    expect((await table.client.state()).enrolment).toBe('enrolled');
  });
});
