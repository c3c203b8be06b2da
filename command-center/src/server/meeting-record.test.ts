import { randomUUID } from 'node:crypto';
import {
  venueSeat,
  type MeetingVenue,
  type RollCallAnswer,
  type SeatId,
} from '@sightline/contracts';
import { inTransaction, noteChairs, noteSegments, noteSpells, readDesired } from '@sightline/store';
import { afterAll, expect, test } from 'vitest';
import { problemOf } from './testing-console.ts';
import { readSheet } from './testing-sheet.ts';
import {
  openMeetingConsole,
  village,
  neighbour,
  county,
  township,
  media,
} from './testing-meetings.ts';

const { console, chair, post, get, call, act, viewOf, present, noteLink } =
  await openMeetingConsole();
afterAll(() => console[Symbol.asyncDispose]());

test('a roll call is answered by terminals and desks, once each; names are read with an audit row', async () => {
  const meetingId = await call();
  const open = { act: 'open-roll-call', ask: 'all', seconds: 60 } as const;
  await act(meetingId, open);
  expect(problemOf(await act(meetingId, open))).toBe('roll-call-open');
  await present(meetingId, 1);
  await present(meetingId, 1);
  const desk = await console.enter(['registrar'], township);
  const say = (round: number) => post(`/api/meetings/${meetingId}/present`, { round }, desk);
  expect([(await say(1)).statusCode, (await say(1)).statusCode]).toEqual([201, 201]);
  expect(problemOf(await say(2))).toBe('round-over');
  console.clock.now = Temporal.Now.instant();
  await act(meetingId, { act: 'close-roll-call' });
  expect((await viewOf(meetingId)).rounds).toMatchObject([{ round: 1, asked: 3, present: 2 }]);
  await act(meetingId, { ...open, ask: 'absent' });
  expect((await viewOf(meetingId)).control.rollCall).toMatchObject({
    round: 2,
    asked: [venueSeat(neighbour)],
  });
  expect(problemOf(await say(2))).toBe('not-asked');
  const venues = await get<MeetingVenue[]>(`/api/meetings/${meetingId}/venues`);
  expect(venues.map(({ rollCall }) => rollCall?.round ?? null)).toEqual([null, null, 2]);
  const url = `/api/meetings/${meetingId}/roll-calls`;
  expect((await console.call({ url, cookie: chair })).statusCode).toBe(400);
  const answers = await get<RollCallAnswer[]>(`${url}?purpose=duty-watch`);
  expect(new Map(answers.map(({ seatId, name }) => [seatId, name]))).toEqual(
    new Map([
      [venueSeat(township), null],
      [venueSeat(village), '扎西'],
    ]),
  );
  const beside = await console.enter(['registrar'], neighbour);
  expect(await get<RollCallAnswer[]>(`${url}?purpose=duty-watch`, beside)).toEqual([]);
  const { rows } = await console.store.pool.query<{ what: string }>(
    `select what from audit where body::json ->> 'subject' = $1 order by seq`,
    [`meeting:${meetingId}`],
  );
  expect(rows.map(({ what }) => what)).toContain('meeting.roll-calls');
  // Nobody's name and no title is in the log.
  const log = await console.store.pool.query<{ body: string }>('select body from log');
  expect(log.rows.map(({ body }) => body).join()).not.toMatch(/防雪|扎西/);
});

test('time in the room is that of packets; it ends with the meeting, which its chair ends', async () => {
  const meetingId = await call();
  const from = console.clock.now;
  const text = (minutes: number) => from.add({ minutes }).toString({ smallestUnit: 'millisecond' });
  const spell = {
    spellId: randomUUID(),
    meetingId,
    seatId: venueSeat(village),
    from: text(1),
    until: text(3),
    packets: 6_000,
    isOver: false,
  };
  await inTransaction(console.store, (client) =>
    noteSpells(client, [spell], { now: from, actor: 'system:test' }),
  );
  console.clock.now = from.add({ minutes: 5 });
  const [, first] = await get<MeetingVenue[]>(`/api/meetings/${meetingId}/venues`);
  expect(first).toMatchObject({ isInRoom: true, presentMs: 120_000, rejoins: 0 });
  expect((await post(`/api/meetings/${meetingId}/end`, {})).statusCode).toBe(201);
  expect(problemOf(await post(`/api/meetings/${meetingId}/end`, {}))).toBe('over-already');
  expect(problemOf(await act(meetingId, { act: 'unlock' }))).toBe('not-open');
  const desired = await readDesired(console.store.pool, `${village}-1`);
  expect(desired?.meetings?.[0]).toMatchObject({ meetingId, isOver: true });
});

/** Packets of that seat came this very moment. */
async function heard(meetingId: string, seatId: SeatId): Promise<void> {
  const { now } = console.clock;
  const at = now.toString({ smallestUnit: 'millisecond' });
  const spell = { spellId: randomUUID(), meetingId, seatId, from: at, until: at, packets: 9 };
  await inTransaction(console.store, (client) =>
    noteSpells(client, [{ ...spell, isOver: false }], { now, actor: 'system:test' }),
  );
}

test('a meeting whose chair is gone may be ended by an officer of its region or above, and the log and the audit say so', async () => {
  const meetingId = await call();
  const end = `/api/meetings/${meetingId}/end`;
  const officer = await console.enter(['dispatcher'], county);
  const below = await console.enter(['dispatcher'], township);
  const clerk = await console.enter(['registrar'], county);
  const after = (seconds: number) => (console.clock.now = console.clock.now.add({ seconds }));
  after(100);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-there');
  await act(meetingId, { act: 'mute-all', lock: true });
  const actedAt = console.clock.now.round('millisecond').toString({ smallestUnit: 'millisecond' });
  expect((await viewOf(meetingId)).chairSeenAt).toBe(actedAt);
  after(100);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-there');
  const { control } = await viewOf(meetingId);
  await heard(meetingId, control.chair);
  after(119);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-there');
  // Whom else somebody hears is not the chair.
  await heard(meetingId, venueSeat(village));
  after(1);
  // Unknown is not gone: nobody can say who sits in the room.
  expect(problemOf(await post(end, {}, officer))).toBe('chair-unknown');
  expect((await viewOf(meetingId)).link).toEqual({ state: 'down' });
  noteLink(console.clock.now);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-awaited');
  after(119);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-awaited');
  // It sits in the room and only listens.
  await inTransaction(console.store, (client) =>
    noteChairs(client, [{ meetingId, agoMs: 9_000 }], console.clock.now),
  );
  after(110);
  expect(problemOf(await post(end, {}, officer))).toBe('chair-there');
  after(1);
  expect(problemOf(await post(end, {}, below))).toBe('not-chair');
  expect((await post(end, {}, clerk)).statusCode).toBe(403);
  expect((await post(end, {}, officer)).statusCode).toBe(201);
  expect(problemOf(await post(end, {}, officer))).toBe('over-already');
  const { rows } = await console.store.pool.query<{ why: string; by: string }>(
    `select body::json -> 'data' ->> 'why' as why, body::json ->> 'actor' as by from log
     where stream like '%/' || $1 and body::json ->> 'type' = 'meeting.ended'`,
    [meetingId],
  );
  const audited = await console.store.pool.query<{ who: string }>(
    `select who from audit
     where what = 'meeting.end' and body::json ->> 'subject' = 'meeting:' || $1`,
    [meetingId],
  );
  expect(rows).toEqual([{ why: 'chair-gone', by: audited.rows[0]?.who }]);
});

test('attendance goes out as a workbook: invited, answered, joined, minutes, rejoins, each round with its method; audited, its cells inert', async () => {
  const meetingId = await call();
  const { store, clock } = console;
  await store.pool.query(`update person set name = '=HYPERLINK("x")' where region = $1`, [village]);
  await act(meetingId, { act: 'open-roll-call', ask: 'all', seconds: 60 });
  await present(meetingId, 1);
  const from = clock.now;
  const text = (seconds: number) => from.add({ seconds }).toString({ smallestUnit: 'millisecond' });
  const more = { meetingId, seatId: venueSeat(village), packets: 100, isOver: true };
  const spells = [
    { ...more, spellId: randomUUID(), from: text(60), until: text(120) },
    { ...more, spellId: randomUUID(), from: text(180), until: text(210) },
  ];
  await inTransaction(store, (client) =>
    noteSpells(client, spells, { now: from, actor: 'system:test' }),
  );
  clock.now = from.add({ minutes: 5 });
  const url = `/api/export/meetings/${meetingId}/attendance.xlsx?region=${county}`;
  expect((await console.call({ url, cookie: chair })).statusCode).toBe(400);
  const reply = await console.call({ url: `${url}&purpose=duty-watch`, cookie: chair });
  const rows = await readSheet(reply.rawPayload);
  expect(rows.length).toBe(4);
  const row = rows.find((cells) => cells[0] === village) ?? [];
  expect(row.slice(2)).toEqual([
    expect.stringMatching(/^20\d\d-/),
    null,
    null,
    null,
    null,
    expect.stringMatching(/^20\d\d-/),
    1.5,
    1,
    expect.stringMatching(/^20\d\d-/),
    '仅密码 PIN alone',
    `'=HYPERLINK("x")`,
  ]);
  const acts = await store.pool.query<{ what: string }>(
    `select what from audit where body::json ->> 'subject' = $1 and what = 'meeting.roll-calls'`,
    [`meeting:${meetingId}`],
  );
  expect(acts.rows).toHaveLength(1);
  const beside = await console.enter(['registrar'], '540202');
  const elsewhere = `/api/export/meetings/${meetingId}/attendance.xlsx?purpose=duty-watch`;
  expect((await console.call({ url: elsewhere, cookie: beside })).statusCode).toBe(404);
});

test('a recording is opened by whose region holds the whole meeting, with a key for ten minutes', async () => {
  const meetingId = await call();
  const url = `/api/meetings/${meetingId}/recording?purpose=duty-watch`;
  expect((await console.call({ url, cookie: chair })).json()).toBeNull();
  const recordingId = randomUUID();
  const segment = { recordingId, meetingId, seatId: venueSeat(village), no: 0 };
  const from = console.clock.now.toString({ smallestUnit: 'millisecond' });
  const more = { from, durationMs: 4_000, bytes: 10, sha256: 'a'.repeat(64), hasVideo: true };
  await inTransaction(console.store, (client) =>
    noteSegments(client, [{ ...segment, ...more }], console.clock.now),
  );
  expect(await get<unknown>(url)).toMatchObject({
    recordingId,
    mediaUrl: media.url,
    segments: [{ no: 0, bytes: 10 }],
  });
  const part = await console.enter(['dispatcher'], township);
  expect((await console.call({ url, cookie: part })).statusCode).toBe(403);
});
