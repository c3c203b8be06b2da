import {
  createDecipheriv,
  decapsulate,
  generateKeyPairSync,
  hkdfSync,
  randomUUID,
} from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packRoster, sealInfo, shiftsOf, type SealedText } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HandOverRecords } from '#kiosk/hand-over-records.ts';
import { openTableKiosk, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo, cy] = tablePeople;
const pin = '135790';
const evening = '2026-11-23T11:30:00.000Z';
const night = '2026-11-23T12:05:00.000Z';
const pair = generateKeyPairSync('x25519');
const key = {
  keyId: randomUUID(),
  publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
};
const window = { from: '2026-11-22', days: 5, posts: ['watch'] } as const;
const roster = packRoster(
  shiftsOf(window).map((shift) => ({
    post: 'watch',
    shift,
    personId: shift.endsWith('day') ? ann.personId : bo.personId,
    fallbackId: cy.personId,
  })),
  window,
);
const webm = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('SOUND '.repeat(400))]);

const desired = () =>
  tableDesired({
    complaints: { answerDays: 7, key, standings: [] },
    roster,
    settings: { faceEnabled: false, demo: false },
    grants: tablePeople.map(({ personId }, i) =>
      tableGrant('set-pin', personId, { code: `1000000${i}` }),
    ),
  });

async function openTable(dir: string, terminal = new TableTerminal(evening, desired())) {
  const table = await openTableKiosk({ terminal, dir });
  for (const [i, { personId }] of [ann, bo, cy].entries()) {
    await table.client.post('/api/pin', { personId, code: `1000000${i}`, pin });
  }
  return table;
}

const post = (table: TableKiosk, path: string, body: object) =>
  table.client.post(`/api/${path}`, body);
const byPin = (table: TableKiosk, aim: string, { personId }: { readonly personId: string }) =>
  post(table, `${aim}/pin`, { personId, pin });
const passOf = async (table: TableKiosk, aim: string, person: { readonly personId: string }) =>
  String((await byPin(table, aim, person)).body['pass']);
const item = (more: object = {}) => ({
  itemId: randomUUID(),
  sentences: ['water-rising'],
  text: '',
  ...more,
});
const typesOf = ({ terminal }: TableKiosk) => terminal.facts.map(({ type }) => type);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sightline-hand-over-'));
});
afterAll(() => rm(dir, { recursive: true }));

// One evening on one terminal, without faces: each test stands on what the one before left on disk.
describe('a hand-over from one shift to the next', () => {
  const terminal = new TableTerminal(evening, desired());
  const left = item({
    text: ' 桥头水位高 ',
    voice: { seconds: 7, sound: webm.toString('base64') },
  });
  const dutyFacts = () => terminal.facts.filter(({ type }) => /duty|hand-over/.test(type));

  test('who checks out is recorded once, for the shift they came for, and may leave something after', async () => {
    await using table = await openTable(dir, terminal);
    const early = await byPin(table, 'check-out', ann);
    expect(early).toMatchObject({ status: 409, body: { code: 'not-checked-in' } });
    await byPin(table, 'check-in', ann);
    const first = await byPin(table, 'check-out', ann);
    expect(first.body).toMatchObject({ outcome: 'checked-out', shift: '2026-11-23/day' });
    const second = await byPin(table, 'check-out', ann);
    expect(second.body).toMatchObject({ outcome: 'already-checked-out', at: first.body['at'] });
    expect(dutyFacts().map(({ type }) => type)).toEqual(['duty.checked-in', 'duty.checked-out']);
    const pass = String(second.body['pass']);
    const none = await post(table, 'hand-over/leave', { pass, ...item({ sentences: [] }) });
    expect(none.body).toMatchObject({ code: 'nothing-handed-over' });
    const kept = await Promise.all(
      [1, 2].map(() => post(table, 'hand-over/leave', { pass, ...left })),
    );
    expect(kept.map(({ status }) => status)).toEqual([200, 200]);
    expect(dutyFacts().filter(({ type }) => type === 'hand-over.left')).toHaveLength(1);
    // Who has left accepts nothing.
    const body = { pass, itemIds: [left.itemId] };
    expect((await post(table, 'hand-over/accept', body)).body).toMatchObject({
      code: 'not-checked-in',
    });
  });

  test('its fact holds codes, a seal bound to the hand-over, and of the voice only length and digest', async () => {
    const fact = terminal.facts.find(({ type }) => type === 'hand-over.left');
    expect(fact?.data).toMatchObject({
      sentences: ['water-rising'],
      shift: '2026-11-23/day',
      voice: { seconds: 7 },
    });
    expect(JSON.stringify(fact)).not.toMatch(/水位|SOUND/);
    const sealed = fact?.data['sealed'] as SealedText;
    expect(open({ kind: 'hand-over', id: left.itemId }, sealed)).toEqual({ text: '桥头水位高' });
    expect(() => open({ kind: 'complaint', id: left.itemId }, sealed)).toThrow();
    const [file, ...others] = await readdir(join(dir, 'voice'));
    expect(others).toEqual([]);
    const path = join(dir, 'voice', String(file));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path)).includes('SOUND')).toBe(false);
  });

  test('after a restart the next shift checks in at once, and reads, hears and accepts it', async () => {
    await using table = await openTable(dir, terminal);
    terminal.setTime(night);
    const before = await table.client.state();
    expect(before.handOvers).toMatchObject([{ itemId: left.itemId, isWaiting: true }]);
    expect(JSON.stringify(before)).not.toContain('水位');
    const checkedIn = await byPin(table, 'check-in', bo);
    expect(checkedIn.body).toMatchObject({ outcome: 'checked-in' });
    const pass = String(checkedIn.body['pass']);
    const read = await post(table, 'hand-over/items', { pass });
    expect(read.body['items']).toMatchObject([{ text: '桥头水位高', hasVoice: true }]);
    const sound = await fetch(`${table.client.origin}/api/hand-over/voice`, {
      method: 'POST',
      headers: {
        cookie: table.client.cookie,
        origin: table.client.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ pass, itemId: left.itemId }),
    });
    expect(Buffer.from(await sound.arrayBuffer()).equals(webm)).toBe(true);
    const done = { pass, itemId: left.itemId };
    expect((await post(table, 'hand-over/done', done)).body).toMatchObject({
      code: 'not-accepted',
    });
    const accept = { pass, itemIds: [left.itemId] };
    await Promise.all([1, 2].map(() => post(table, 'hand-over/accept', accept)));
    expect((await table.client.state()).handOvers).toMatchObject([
      { state: 'accepted', isWaiting: false },
    ]);
    expect(dutyFacts().filter(({ type }) => type === 'hand-over.accepted')).toMatchObject([
      { data: { personId: bo.personId, shift: '2026-11-23/night' } },
    ]);
  });

  test('the shift after that accepts it again; done, it is gone with its recording, not before', async () => {
    terminal.setTime('2026-11-24T00:30:00.000Z');
    await using table = await openTable(dir, terminal);
    expect((await table.client.state()).handOvers).toMatchObject([{ isWaiting: true }]);
    await byPin(table, 'check-in', ann);
    const pass = await passOf(table, 'hand-over', ann);
    await post(table, 'hand-over/accept', { pass, itemIds: [left.itemId] });
    expect(await readdir(join(dir, 'voice'))).toHaveLength(1);
    await post(table, 'hand-over/done', { pass, itemId: left.itemId });
    expect((await table.client.state()).handOvers).toEqual([]);
    expect(await readdir(join(dir, 'voice'))).toEqual([]);
    expect(dutyFacts().at(-1)?.type).toBe('hand-over.done');
  });
});

test('only who is on duty opens the hand-over; a pass that nobody gave opens nothing', async () => {
  await using own = await temporary();
  await using table = await openTable(own.path);
  expect((await byPin(table, 'hand-over', ann)).body).toMatchObject({ code: 'not-checked-in' });
  for (const path of ['items', 'voice', 'done', 'accept', 'leave']) {
    const pass = randomUUID();
    const bodies = { accept: { pass, itemIds: [randomUUID()] }, leave: { pass, ...item() } };
    const itemBody = path === 'items' ? { pass } : { pass, itemId: randomUUID() };
    const body = path === 'accept' || path === 'leave' ? bodies[path] : itemBody;
    expect([path, (await post(table, `hand-over/${path}`, body)).body['code']]).toEqual([
      path,
      'pass-over',
    ]);
  }
  expect(typesOf(table).filter((type) => type.startsWith('hand-over'))).toEqual([]);
});

test('a full disk is said, and leaves neither an item nor its words or voice behind', async () => {
  await using own = await temporary();
  await using table = await openTable(own.path);
  const pass = await passOf(table, 'check-in', ann);
  const refusal = { refused: true, code: 'disk-full', detail: 'The disk is full.' } as const;
  table.terminal.refuseNext(refusal);
  const voice = { seconds: 3, sound: webm.toString('base64') };
  const said = item({ text: '灯坏了', voice });
  const refused = await post(table, 'hand-over/leave', { pass, ...said });
  expect(refused.body).toMatchObject({ code: 'disk-full' });
  expect((await table.client.state()).handOvers).toEqual([]);
  expect(await readdir(join(own.path, 'voice'))).toEqual([]);
  expect((await post(table, 'hand-over/leave', { pass, ...said })).status).toBe(200);
  const odd = item({ voice: { seconds: 3, sound: Buffer.from('no sound').toString('base64') } });
  expect((await post(table, 'hand-over/leave', { pass, ...odd })).body).toMatchObject({
    code: 'voice-unusable',
  });
  const long = item({ voice: { ...voice, seconds: 61 } });
  expect((await post(table, 'hand-over/leave', { pass, ...long })).status).toBe(400);
});

test('what a power cut left owed stays owed while the disk is full, and is told when it is not', async () => {
  await using own = await temporary();
  const terminal = new TableTerminal(evening, desired());
  const shift = '2026-11-23/day';
  const data = { itemId: randomUUID(), terminalId: 'demo-1', shift, personId: ann.personId };
  {
    using records = HandOverRecords.open(own.path);
    const left = { ...data, sentences: ['road-closed' as const] };
    records.owe({ type: 'hand-over.left', data: left }, { at: evening });
  }
  terminal.refuseNext({ refused: true, code: 'disk-full', detail: 'The disk is full.' });
  for (const known of [0, 1]) {
    await using table = await openTableKiosk({ terminal, dir: own.path });
    expect((await table.client.state()).handOvers).toHaveLength(known);
  }
  expect(terminal.facts.map(({ type }) => type)).toEqual(['hand-over.left']);
});

test('words and voice end after thirty days although nobody finished the item', async () => {
  await using own = await temporary();
  const terminal = new TableTerminal(evening, desired());
  {
    await using table = await openTable(own.path, terminal);
    const pass = await passOf(table, 'check-in', ann);
    const voice = { seconds: 3, sound: webm.toString('base64') };
    await post(table, 'hand-over/leave', { pass, ...item({ text: '灯坏了', voice }) });
  }
  terminal.setTime('2026-12-24T12:00:00.000Z');
  await using table = await openTableKiosk({ terminal, dir: own.path });
  expect(await readdir(join(own.path, 'voice'))).toEqual([]);
  expect((await table.client.state()).handOvers).toMatchObject([
    { sentences: ['water-rising'], hasText: false, isWaiting: true },
  ]);
  const bytes = await readFile(join(own.path, 'kiosk.db'));
  expect(bytes.includes('灯坏了')).toBe(false);
});

test('today’s duties stand in the state by post; without a roster there are none', async () => {
  await using own = await temporary();
  const terminal = new TableTerminal('2026-11-23T12:20:00.000Z', desired());
  await using table = await openTable(own.path, terminal);
  const missed = { post: 'watch', personId: bo.personId, arrival: null, isMissed: true };
  expect((await table.client.state()).dutyDay).toMatchObject({
    running: [missed],
    next: [{ personId: ann.personId }],
  });
  await byPin(table, 'check-in', cy);
  expect((await table.client.state()).dutyDay?.running).toMatchObject([
    { arrival: { personId: cy.personId }, isMissed: false },
  ]);
  terminal.setTime('2026-12-01T12:00:00.000Z');
  expect((await table.client.state()).dutyDay).toBeNull();
});

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'sightline-hand-over-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** As the centre does. */
function open(bound: Parameters<typeof sealInfo>[0], { enc, box }: SealedText): unknown {
  const shared = decapsulate(pair.privateKey, Buffer.from(enc, 'base64url'));
  const drawn = Buffer.from(hkdfSync('sha256', shared, '', sealInfo(bound), 44));
  const bytes = Buffer.from(box, 'base64url');
  const opening = createDecipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32))
    .setAAD(Buffer.from(bound.id))
    .setAuthTag(bytes.subarray(-16));
  const start = opening.update(bytes.subarray(0, -16));
  return JSON.parse(Buffer.concat([start, opening.final()]).toString());
}
