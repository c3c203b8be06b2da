import {
  createDecipheriv,
  decapsulate,
  generateKeyPairSync,
  hkdfSync,
  randomUUID,
} from 'node:crypto';
import {
  sealInfo,
  receiptOfComplaint,
  type ComplaintStanding,
  type Desired,
  type Reading,
  type SealedText,
} from '@sightline/contracts';
import { expect, test } from 'vitest';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bo] = tablePeople;
const pair = generateKeyPairSync('x25519');
const key = {
  keyId: randomUUID(),
  publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
};

const met = (standings: ComplaintStanding[] = []): Partial<Desired> => ({
  complaints: { answerDays: 7, key, standings },
});
const terminalWith = (change: Partial<Desired>) =>
  new TableTerminal(tableTime, tableDesired(change));
const said = (more: Record<string, unknown> = {}) => ({
  complaintId: randomUUID(),
  kind: 'complaint',
  sentences: ['terminal-broken'],
  text: '',
  contact: '',
  ...more,
});

/** As the centre does. */
function open(complaintId: string, { enc, box }: SealedText): unknown {
  const shared = decapsulate(pair.privateKey, Buffer.from(enc, 'base64url'));
  const drawn = Buffer.from(
    hkdfSync('sha256', shared, '', sealInfo({ kind: 'complaint', id: complaintId }), 44),
  );
  const bytes = Buffer.from(box, 'base64url');
  const opening = createDecipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32))
    .setAAD(Buffer.from(complaintId))
    .setAuthTag(bytes.subarray(-16));
  const start = opening.update(bytes.subarray(0, -16));
  return JSON.parse(Buffer.concat([start, opening.final()]).toString());
}

test('a complaint by touch becomes one fact of the terminal, of nobody, however often it is sent', async () => {
  await using table = await openTableKiosk({ terminal: terminalWith(met()) });
  const body = said();
  const replies = await Promise.all([1, 2, 3].map(() => table.client.post('/api/complaint', body)));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(replies[0]?.body).toEqual({
    complaintId: body.complaintId,
    receipt: receiptOfComplaint(body.complaintId),
    answerDays: 7,
  });
  expect(table.terminal.facts).toMatchObject([
    {
      type: 'complaint.raised',
      actor: 'terminal:demo-1',
      data: { sentences: ['terminal-broken'] },
    },
  ]);
  expect(table.terminal.facts[0]?.data).not.toHaveProperty('sealed');
});

test('what is written goes sealed: the fact says nothing of it, and the centre reads it', async () => {
  await using table = await openTableKiosk({ terminal: terminalWith(met()) });
  const body = said({ sentences: [], text: ' 会计不公开账目 ', contact: '13800000000' });
  await table.client.post('/api/complaint', body);
  const [fact] = table.terminal.facts;
  expect(JSON.stringify(fact)).not.toMatch(/会计|13800000000/);
  expect(open(body.complaintId, fact?.data['sealed'] as SealedText)).toEqual({
    text: '会计不公开账目',
    contact: '13800000000',
  });
});

test('the longest text anybody may write fits into a fact', async () => {
  await using table = await openTableKiosk({ terminal: terminalWith(met()) });
  const body = said({ text: '།'.repeat(500), contact: '9'.repeat(64) });
  expect((await table.client.post('/api/complaint', body)).status).toBe(200);
  const long = await table.client.post('/api/complaint', said({ text: '字'.repeat(501) }));
  expect(long.status).toBe(400);
});

test('a terminal that never met its centre takes sentences, and no words it could not seal', async () => {
  await using table = await openTableKiosk();
  const refused = await table.client.post('/api/complaint', said({ text: '灯坏了' }));
  expect(refused).toMatchObject({ status: 409, body: { code: 'no-seal' } });
  const empty = await table.client.post('/api/complaint', said({ sentences: [] }));
  expect(empty.body).toMatchObject({ code: 'nothing-said' });
  const kept = await table.client.post('/api/complaint', said());
  expect(kept.body).toMatchObject({ answerDays: null });
  expect(table.terminal.facts).toHaveLength(1);
});

test('its number finds it: waiting until the centre speaks, then the answer; reopened once, also without the link', async () => {
  await using table = await openTableKiosk({ terminal: terminalWith(met()) });
  const body = said();
  await table.client.post('/api/complaint', body);
  const receipt = receiptOfComplaint(body.complaintId);
  const lookUp = async () => (await table.client.post('/api/complaint/look-up', { receipt })).body;
  expect(await lookUp()).toMatchObject({ state: 'waiting', mayReopen: false });
  const reopen = () => table.client.post('/api/complaint/reopen', { receipt });
  expect((await reopen()).body).toMatchObject({ code: 'not-to-reopen' });

  const { complaintId } = body;
  const answered = {
    complaintId,
    kind: 'complaint',
    state: 'answered',
    raisedAt: tableTime,
  } as const;
  const answers = [{ at: tableTime, text: '已修好。' }];
  const standing = { ...answered, dueAt: null, answers, mayReopen: true };
  table.terminal.setDesired(tableDesired(met([standing])));
  expect(await lookUp()).toMatchObject({ answers: [{ text: '已修好。' }], mayReopen: true });
  table.terminal.goDark();
  const replies = await Promise.all([reopen(), reopen()]);
  expect(replies.map(({ status }) => status)).toEqual([200, 409]);
  expect(await lookUp()).toMatchObject({ mayReopen: false });
  expect(table.terminal.facts.map(({ type }) => type)).toEqual([
    'complaint.raised',
    'complaint.reopened',
  ]);
  const other = await table.client.post('/api/complaint/look-up', { receipt: '000000000' });
  expect(other.body).toMatchObject({ code: 'no-such-receipt' });
});

test('who read about a person is shown to that person alone, after their own PIN; wrong ones lock', async () => {
  const reading = (what: string, personId: string | null): Reading => ({
    at: tableTime,
    what,
    purpose: 'duty-watch',
    login: 'nyima',
    roles: ['dispatcher'],
    accountRegion: '540202',
    personId,
  });
  const readings = [
    reading('people.read', null),
    reading('consent.read', ann.personId),
    reading('consent.read', bo.personId),
    ...Array.from({ length: 30 }, () => reading('check-ins.read', null)),
  ];
  const grants = [tableGrant('set-pin', ann.personId)];
  await using table = await openTableKiosk({ terminal: terminalWith({ readings, grants }) });
  const ask = (pin: string) => table.client.post('/api/readings', { personId: ann.personId, pin });
  expect((await ask('135790')).body).toMatchObject({ code: 'pin-not-set' });
  await table.client.post('/api/pin', {
    personId: ann.personId,
    code: '12345678',
    pin: '135790',
  });
  expect((await ask('000000')).body).toMatchObject({ code: 'pin-wrong' });
  const { body } = await ask('135790');
  const shown = body['readings'] as Reading[];
  expect(shown).toHaveLength(20);
  expect(shown.slice(0, 2)).toEqual(readings.slice(0, 2));
  expect(shown.some(({ personId }) => personId === bo.personId)).toBe(false);
  expect(JSON.stringify(await table.client.state())).not.toContain('nyima');
  const wrong = await Promise.all(Array.from({ length: 6 }, () => ask('000000')));
  expect(wrong.some(({ body: said }) => String(said['code']).startsWith('pin-locked'))).toBe(true);
});
