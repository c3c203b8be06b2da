import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse, type TerminalMeeting } from '@sightline/contracts';
import { expect, test, vi } from 'vitest';
import { openPageCamera } from '#camera/page-camera.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableMeeting,
  tableMeetingId as meetingId,
  tableRollCall,
} from '#kiosk/testing/table-meeting.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';

const [ann, bea] = tablePeople;
const { personId } = ann;
const pin = '135790';

const desired = (...meetings: TerminalMeeting[]) =>
  tableDesired({
    meetings,
    grants: [ann, bea].map((person, i) =>
      tableGrant('set-pin', person.personId, { code: `1234567${i}` }),
    ),
  });
const open = (dir?: string, ...meetings: TerminalMeeting[]) =>
  openTableKiosk({
    terminal: new TableTerminal(tableTime, desired(...meetings)),
    ...(dir === undefined ? {} : { dir }),
  });
const said = ({ terminal }: TableKiosk) =>
  terminal.facts
    .filter(({ type }) => type.startsWith('meeting.'))
    .map(({ type, data }) => [type, data['answer'] ?? data['method'] ?? data['isAllowed'] ?? null]);
async function givePins({ client }: TableKiosk): Promise<void> {
  for (const [i, person] of [ann, bea].entries()) {
    await client.post('/api/pin', { personId: person.personId, code: `1234567${i}`, pin });
  }
}
const answer = ({ client }: TableKiosk, word: 'accepted' | 'declined', how = 'touch') =>
  client.post('/api/meetings/answer', { meetingId, answer: word, how });

test('it rings once, is answered once, and what was said outlives the kiosk', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const terminal = new TableTerminal(tableTime, desired(tableMeeting()));
  {
    await using table = await openTableKiosk({ terminal, dir });
    const { meetings } = await table.client.state();
    expect(meetings).toMatchObject({
      ringing: meetingId,
      list: [{ meetingId, phase: 'ringing', answer: null, seatToken: 'claims.mac' }],
    });
    for (const _ of [1, 2]) await table.client.post('/api/meetings/rung', { meetingId });
    expect((await answer(table, 'declined')).status).toBe(200);
    expect((await table.client.state()).meetings).toMatchObject({
      ringing: null,
      list: [{ phase: 'open', answer: 'declined' }],
    });
  }
  await using again = await openTableKiosk({ terminal, dir });
  await again.client.post('/api/meetings/rung', { meetingId });
  await answer(again, 'declined');
  expect(said(again)).toEqual([
    ['meeting.rung', null],
    ['meeting.answered', 'declined'],
  ]);
  expect(terminal.facts.at(-1)).toMatchObject({
    stream: `meeting/540202103202/${meetingId}`,
    data: { terminalId: 'demo-1', how: 'touch' },
  });
  await rm(dir, { recursive: true });
});

test('the roll call: by button, by PIN, by PIN with a witness; a round is answered once', async () => {
  const rounds = (round: number) => tableMeeting({ rollCall: tableRollCall({ round }) });
  await using table = await open(undefined, rounds(1));
  await givePins(table);
  const { client, terminal } = table;
  expect((await client.state()).meetings.list[0]?.rollCall).toEqual({
    round: 1,
    until: '2026-11-23T13:50:10.000Z',
    answeredAt: null,
  });
  const button = () => client.post('/api/meetings/present/button', { meetingId, round: 1 });
  expect(await button()).toMatchObject({
    status: 200,
    body: { outcome: 'meeting-present', method: 'button', personId: null },
  });
  expect((await button()).body['outcome']).toBe('meeting-present');
  expect((await client.state()).meetings.list[0]?.rollCall?.answeredAt).toBe(tableTime);
  terminal.setDesired({ ...desired(rounds(2)), version: 2 });
  const byPin = { meetingId, round: 2, personId, pin };
  const wrong = await client.post('/api/meetings/present/pin', { ...byPin, pin: '000000' });
  expect(wrong.body['code']).toBe('pin-wrong');
  await client.post('/api/meetings/present/pin', byPin);
  terminal.setDesired({ ...desired(rounds(3)), version: 3 });
  const witness = { personId: bea.personId, pin };
  await client.post('/api/meetings/present/pin', { ...byPin, round: 3, witness });
  expect(said(table)).toEqual([
    ['meeting.present', 'button'],
    ['meeting.present', 'pin'],
    ['meeting.present', 'pin-witness'],
  ]);
  const late = await client.post('/api/meetings/present/button', { meetingId, round: 2 });
  expect(late.body['code']).toBe('roll-call-over');
});

test('offline it is answered all the same, and said to wait', async () => {
  await using table = await open(undefined, tableMeeting({ rollCall: tableRollCall() }));
  table.terminal.goDark();
  const reply = await table.client.post('/api/meetings/present/button', { meetingId, round: 1 });
  expect(reply.body).toMatchObject({ outcome: 'meeting-present', waiting: true });
});

test('nothing is said that is not on disk', async () => {
  await using table = await open(undefined, tableMeeting({ rollCall: tableRollCall() }));
  table.terminal.refuseNext(refuse('disk-full', 'The disk is full.'));
  expect((await answer(table, 'accepted')).body['code']).toBe('disk-full');
  expect((await table.client.state()).meetings.list[0]?.answer).toBeNull();
});

test('opening from afar is off at first, given with a PIN, and ended by a touch at once', async () => {
  await using table = await open(undefined, tableMeeting({ isRemoteOpening: true }));
  await givePins(table);
  const { client, terminal } = table;
  expect((await client.state()).meetings.autoAnswer).toBeNull();
  expect((await answer(table, 'accepted', 'auto')).body['code']).toBe('opening-not-allowed');
  const own = { personId, pin };
  const wrong = await client.post('/api/meetings/leave', { own: { personId, pin: '000000' } });
  expect(wrong.body['code']).toBe('pin-wrong');
  expect((await client.post('/api/meetings/leave', { own })).status).toBe(200);
  expect((await client.state()).meetings.autoAnswer).toEqual({ personId, at: tableTime });
  terminal.refuseNext(refuse('disk-full', 'The disk is full.'));
  expect((await client.post('/api/meetings/leave', {})).body['code']).toBe('disk-full');
  // Ended here whatever the disk says; told as soon as it can be.
  expect((await client.state()).meetings.autoAnswer).toBeNull();
  expect((await answer(table, 'accepted', 'auto')).body['code']).toBe('opening-not-allowed');
  terminal.setState({});
  await vi.waitFor(() =>
    expect(said(table)).toEqual([
      ['meeting.auto-answer-set', true],
      ['meeting.auto-answer-set', false],
    ]),
  );
  expect(terminal.facts.at(-1)?.actor).toBe('terminal:demo-1');
});

test('what was opened from afar stands in the village’s list, with who and why', async () => {
  await using table = await open(undefined, tableMeeting({ isRemoteOpening: true }));
  await givePins(table);
  await table.client.post('/api/meetings/leave', { own: { personId, pin } });
  await table.client.post('/api/meetings/rung', { meetingId });
  expect((await answer(table, 'accepted', 'auto')).status).toBe(200);
  table.terminal.setDesired({ ...desired(), version: 2 });
  expect((await table.client.state()).meetings.openings).toEqual([
    {
      meetingId,
      title: '今夜降雪，了解道路和牲畜情况',
      by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
      at: tableTime,
      outcome: 'opened',
    },
  ]);
});

test('the shutter wins: no opening from afar, no face, no frame; and it stays shut over a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const camera = openPageCamera();
  let frames = 0;
  camera.onFrame(() => {
    frames += 1;
  });
  const terminal = new TableTerminal(tableTime, desired(tableMeeting({ isRemoteOpening: true })));
  {
    await using table = await openTableKiosk({ terminal, dir, camera });
    await givePins(table);
    const { client } = table;
    await client.post('/api/meetings/leave', { own: { personId, pin } });
    await using page = await client.connect();
    page.cameraIs('ready');
    const frame = { width: 2, height: 1, counter: 1, pixels: new Uint8Array(6) };
    page.sendFrame(frame);
    await vi.waitFor(() => expect(frames).toBe(1));
    expect((await client.post('/api/shutter', { isShut: true })).status).toBe(200);
    page.sendFrame(frame);
    page.cameraIs('busy');
    await vi.waitFor(() => expect(camera.report().state).toBe('busy'));
    expect(frames).toBe(1);
    expect((await answer(table, 'accepted', 'auto')).body['code']).toBe('shutter-shut');
    for (const path of ['/api/check-in/face', '/api/meetings/present/face']) {
      const body = path.endsWith('present/face') ? { meetingId, round: 1 } : {};
      expect((await client.post(path, body)).body['code']).toBe('shutter-shut');
    }
    // A person may still come in by touch: their voice and picture stay here.
    expect((await answer(table, 'accepted')).status).toBe(200);
  }
  await using again = await openTableKiosk({ terminal, dir });
  expect((await again.client.state()).shutter).toEqual({ isShut: true, since: tableTime });
  await again.client.post('/api/shutter', { isShut: false });
  expect((await again.client.state()).shutter.isShut).toBe(false);
  await rm(dir, { recursive: true });
});

test('the page may speak to the media servers of its meetings, now and lately, and to nobody else', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-kiosk-'));
  const pages = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  const meeting = tableMeeting({ mediaUrl: 'https://media.example:7410' });
  const terminal = new TableTerminal(tableTime, desired(meeting, { ...meeting, mediaUrl: 'x:y' }));
  await using table = await openTableKiosk({ terminal, dir, pages });
  await table.client.post('/api/meetings/rung', { meetingId });
  const policy = async () =>
    (await fetch(table.client.origin)).headers
      .get('content-security-policy')
      ?.split(';')
      .find((line) => line.trim().startsWith('connect-src'));
  expect(await policy()).toBe(
    "connect-src 'self' wss://media.example:7410 https://media.example:7410",
  );
  terminal.setDesired({ ...desired(), version: 2 });
  expect(await policy()).toBe(
    "connect-src 'self' wss://media.example:7410 https://media.example:7410",
  );
  for (const path of [dir, pages]) await rm(path, { recursive: true });
});
