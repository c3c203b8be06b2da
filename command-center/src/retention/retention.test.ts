import { randomUUID } from 'node:crypto';
import {
  venueSeat,
  type EraseFiles,
  type MeetingKeeping,
  type MeetingLine,
  type Page,
} from '@sightline/contracts';
import { inTransaction, noteLine, noteSegments } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '#server/testing-console.ts';
import { county, openMeetingConsole, township, village } from '#server/testing-meetings.ts';
import { startErasures } from '#media/tell-erasures.ts';
import { beginRetention, keepRetention } from './keep-retention.ts';
import { readRetentionDays } from './retention-days.ts';

const { console, post, get, call } = await openMeetingConsole();
const { store, clock } = console;
const days = readRetentionDays('recordings=30,lines=20');
let registrar: string;
beforeAll(async () => {
  registrar = await console.enter(['registrar'], county);
});
afterAll(() => console[Symbol.asyncDispose]());

const failed: unknown[] = [];
/** How far the janitor is ahead of the console, whose sessions end within hours. */
let aheadHours = 0;
const now = () => clock.now.add({ hours: aheadHours });
const deps = { store, now, days, onError: (error: unknown) => failed.push(error) };

/** A meeting that is over, with a segment and a line. */
async function leave(): Promise<string> {
  const meetingId = await call();
  const from = clock.now.toString({ smallestUnit: 'millisecond' });
  const seatId = venueSeat(village);
  await inTransaction(store, async (client) => {
    const segment = { recordingId: randomUUID(), meetingId, seatId, no: 0, from };
    const more = { durationMs: 4_000, bytes: 10, sha256: 'a'.repeat(64), hasVideo: true };
    await noteSegments(client, [{ ...segment, ...more }], clock.now);
    await noteLine(client, { lineId: randomUUID(), meetingId, seatId, at: from, text: '在' });
  });
  expect((await post(`/api/meetings/${meetingId}/end`, {})).statusCode).toBe(201);
  return meetingId;
}

const keeping = (meetingId: string) =>
  get<MeetingKeeping>(`/api/meetings/${meetingId}/keeping`, registrar);
const erasedOf = async (meetingId: string) =>
  (await keeping(meetingId)).kept.flatMap(({ kind, erased }) =>
    erased === null ? [] : [`${kind} ${erased.why} ${erased.afterDays}`],
  );
const act = (meetingId: string, what: string, body: object, cookie = registrar) =>
  post(`/api/meetings/${meetingId}/${what}`, body, cookie);
async function audited(subject: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ line: string }>(
    `select split_part(who, ':', 1) || ' ' || what as line from audit
     where body::json ->> 'subject' like $1 and what ~ 'erase|hold|release|rule' order by seq`,
    [subject],
  );
  return rows.map(({ line }) => line);
}

test('what is past its time goes, once, whoever ran meanwhile; a hold keeps it until it is released', async () => {
  const meetingId = await leave();
  const held = await leave();
  expect((await act(held, 'hold', { reason: '信访核查' })).statusCode).toBe(201);
  aheadHours = 24 * 20 - 1;
  expect(await keepRetention(deps)).toBe(0);
  aheadHours += 1;
  // As after a restart: nothing is remembered but what the database holds.
  expect(await keepRetention({ ...deps })).toBe(1);
  expect(await keepRetention({ ...deps })).toBe(0);
  expect(await erasedOf(meetingId)).toEqual(['lines age 20']);
  aheadHours += 24 * 70;
  expect(await keepRetention(deps)).toBe(2);
  expect(await erasedOf(meetingId)).toEqual(['recordings age 90', 'decks age 90', 'lines age 20']);
  expect(await erasedOf(held)).toEqual([]);
  expect((await keeping(held)).hold).toMatchObject({ reason: '信访核查' });
  expect((await act(held, 'release', { reason: '核查结束' })).statusCode).toBe(201);
  expect(await keepRetention(deps)).toBe(3);
  expect(failed).toEqual([]);
  expect(await audited(`meeting:${meetingId}`)).toEqual(Array(3).fill('system meeting.erase'));
  expect(await audited(`meeting:${held}`)).toEqual([
    'account meeting.hold',
    'account meeting.release',
    ...Array<string>(3).fill('system meeting.erase'),
  ]);
  const open = `/api/meetings/${meetingId}/recording?purpose=duty-watch`;
  expect((await console.call({ url: open, cookie: registrar })).json()).toBeNull();
});

test('files are said to be gone when the media server says so, asked again until it does', async () => {
  const answers: unknown[] = [null, { ok: false, detail: 'busy' }, { ok: true, files: 9 }];
  const asked: EraseFiles[] = [];
  const done = Promise.withResolvers<void>();
  const before = await store.pool.query('select from meeting_erasure where done_at is null');
  const waiting = before.rows.length;
  expect(waiting).toBeGreaterThan(0);
  await using erasures = startErasures({
    ...deps,
    say: async (files) => {
      asked.push(files);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (asked.length < 3) erasures.wake();
      if (asked.length >= waiting + 2) done.resolve();
      return answer;
    },
  });
  erasures.wake();
  await done.promise;
  await erasures[Symbol.asyncDispose]();
  const { rows } = await store.pool.query<{ pieces: number }>(
    `select pieces from meeting_erasure where kind in ('recordings', 'decks') and done_at is not null`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(waiting - 1);
  expect(new Set(rows.map(({ pieces }) => pieces))).toEqual(new Set([9]));
});

test('a registrar whose region holds the meeting erases with a reason, nobody else and nothing twice', async () => {
  const open = await call();
  expect(problemOf(await act(open, 'erase', { kind: 'lines', reason: '误录' }))).toBe(
    'erased-already',
  );
  expect(problemOf(await act(open, 'erase', { kind: 'title', reason: '误录' }))).toBe('not-over');
  const meetingId = await leave();
  const erase = { kind: 'title', reason: '含有人名' };
  const dispatcher = await console.enter(['dispatcher'], county);
  expect((await act(meetingId, 'erase', erase, dispatcher)).statusCode).toBe(403);
  const part = await console.enter(['registrar'], township);
  expect(problemOf(await act(meetingId, 'erase', erase, part))).toBe('outside-scope');
  const outside = await console.enter(['registrar'], '540221');
  expect(problemOf(await act(meetingId, 'erase', erase, outside))).toBe('no-such-meeting');
  expect(problemOf(await act(meetingId, 'erase', { ...erase, reason: '  ' }))).toBe('no-reason');
  expect((await act(meetingId, 'hold', { reason: '核查' })).statusCode).toBe(201);
  expect(problemOf(await act(meetingId, 'hold', { reason: '核查' }))).toBe('held-already');
  expect(problemOf(await act(meetingId, 'erase', erase))).toBe('held');
  expect((await act(meetingId, 'release', { reason: '完' })).statusCode).toBe(201);
  expect((await act(meetingId, 'erase', erase)).statusCode).toBe(201);
  expect(problemOf(await act(meetingId, 'erase', erase))).toBe('erased-already');
  const { items } = await get<Page<MeetingLine>>('/api/meetings');
  expect(items.find((one) => one.meetingId === meetingId)?.title).toBe('');
  const { kept } = await keeping(meetingId);
  expect(kept.find(({ kind }) => kind === 'title')?.erased).toMatchObject({
    why: 'hand',
    afterDays: 0,
    reason: '含有人名',
  });
  // Neither the title nor the reason is in the log.
  const log = await store.pool.query<{ body: string }>('select body from log');
  expect(log.rows.map(({ body }) => body).join()).not.toMatch(/防雪|含有人名|核查/);
});

test('a changed time stands in the audit, an unchanged one does not', async () => {
  await beginRetention(deps);
  const first = await audited('retention:%');
  expect(first).toHaveLength(5);
  await beginRetention(deps);
  await beginRetention({ ...deps, days: { ...days, recordings: 31 } });
  expect(await audited('retention:%')).toHaveLength(6);
  expect(await audited('retention:recordings=31, before 30')).toHaveLength(1);
});

test('the operator’s words are read, and a wrong one is named', () => {
  expect(readRetentionDays('')).toMatchObject({ recordings: 180, decks: 90 });
  expect(readRetentionDays(' title=5 , notes=7')).toMatchObject({ title: 5, notes: 7, lines: 180 });
  for (const word of ['films=3', 'lines', 'lines=0', 'lines=-1', 'lines=99999', 'lines=1.5']) {
    expect(() => readRetentionDays(word)).toThrow(word);
  }
});
