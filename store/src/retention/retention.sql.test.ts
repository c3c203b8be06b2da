import { createHash, randomUUID } from 'node:crypto';
import { venueSeat, type KeptKind } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { endMeeting } from '#meeting/change-meeting.ts';
import { noteLine, noteSegments } from '#meeting/note-media.ts';
import { readMeeting } from '#meeting/read-meetings.ts';
import { first, openMeetings, scope } from '#meeting/testing-meetings.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { eraseCheckNotes, eraseKept, finishErasure, listWaitingErasures } from './erase-kept.ts';
import { placeHold, releaseHold } from './hold-kept.ts';
import { listKept, readKept, readKeeping } from './kept.ts';
import { noteRetention } from './retention-rules.ts';

describe.each(engines)('what a meeting leaves behind, on $name', ({ open }) => {
  let store: TestStore;
  let place: Awaited<ReturnType<typeof openMeetings>>;
  beforeAll(async () => {
    store = await open();
    place = await openMeetings(store);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const segmentOf = (meetingId: string, no: number) => ({
    recordingId: meetingId,
    meetingId,
    seatId: venueSeat(first),
    no,
    from: place.at(no),
    durationMs: 4_000,
    bytes: 10,
    sha256: createHash('sha256').update(String(no)).digest('hex'),
    hasVideo: true,
  });
  const lineOf = (meetingId: string) => ({
    lineId: randomUUID(),
    meetingId,
    seatId: venueSeat(first),
    at: place.at(1),
    text: '在',
  });
  /** Over, with a line and a segment. */
  const leave = async (): Promise<string> => {
    const meetingId = await place.call();
    await inTransaction(store, async (client) => {
      await noteLine(client, lineOf(meetingId));
      await noteSegments(client, [segmentOf(meetingId, 0)], place.calledAt);
    });
    await place.held(meetingId, async (held, client) => {
      const control = { ...held.control, isOpen: false };
      expect(await endMeeting(client, { held, control, why: 'chair' }, place.change)).toBeNull();
    });
    return meetingId;
  };
  const age = { why: 'age', afterDays: 200, reason: null, accountId: null } as const;
  const erase = (meetingId: string, kind: KeptKind) =>
    inTransaction(store, async (client) => {
      const kept = await readKept(client, { meetingId, kind });
      if (kept === null) return 'nothing';
      return eraseKept(client, kept, { erasure: age, change: place.change });
    });
  const kindsOf = async (meetingId: string) =>
    (await listKept(store.pool, { perKind: 100 }))
      .filter((thing) => thing.meetingId === meetingId)
      .map(({ kind }) => kind);

  test('is listed kind by kind once it is over, and no longer when it was erased; attendance and digests stay', async () => {
    const open = await place.call();
    expect(await kindsOf(open)).toEqual([]);
    const meetingId = await leave();
    expect(await kindsOf(meetingId)).toEqual(['recordings', 'decks', 'lines', 'title']);
    for (const kind of ['lines', 'title'] as const) {
      expect(await erase(meetingId, kind)).toBeNull();
      expect(await erase(meetingId, kind)).toBe('nothing');
    }
    expect(await kindsOf(meetingId)).toEqual(['recordings', 'decks']);
    const atTerminal = (await place.told()).find((one) => one.meetingId === meetingId);
    expect(atTerminal).toMatchObject({ title: '', isOver: true });
    const view = await readMeeting(store.pool, { meetingId, scope }, { lines: 5 });
    expect(view).toMatchObject({ title: '', lines: [], control: { title: '' }, isRecorded: true });
    const { rows } = await store.pool.query(
      `select from meeting_line where meeting_id = $1
       union all select from recorded_segment where recording_id = $1`,
      [meetingId],
    );
    expect(rows).toHaveLength(1);
    await inTransaction(store, (client) => noteLine(client, lineOf(meetingId)));
    expect((await readKeeping(store.pool, meetingId)).present).not.toContain('lines');
    expect(await place.factsOf(meetingId)).toEqual(['called', 'ended', 'erased', 'erased']);
  });

  test('files wait for the media server’s word, once; a segment that comes late goes too', async () => {
    const meetingId = await leave();
    await erase(meetingId, 'recordings');
    const waiting = async () =>
      (await listWaitingErasures(store.pool, { limit: 50 })).filter(
        (one) => one.meetingId === meetingId,
      );
    const [first_] = await waiting();
    expect(first_).toMatchObject({ meetingId, kind: 'recordings', region: scope });
    if (first_ === undefined) throw new Error('nothing waits');
    const finish = () =>
      inTransaction(store, (client) =>
        finishErasure(client, first_, { files: 7, now: place.calledAt.add({ minutes: 9 }) }),
      );
    expect([await finish(), await finish()]).toEqual([true, false]);
    expect(await waiting()).toEqual([]);
    expect((await readKeeping(store.pool, meetingId)).erased).toMatchObject([
      { kind: 'recordings', why: 'age', afterDays: 200, by: null, pieces: 7 },
    ]);
    await inTransaction(store, (client) =>
      noteSegments(client, [segmentOf(meetingId, 1)], place.calledAt),
    );
    expect(await waiting()).toHaveLength(1);
  });

  test('a hold takes a meeting off the list until it is released; one at a time, each with its reason', async () => {
    const meetingId = await leave();
    const { accountId, calledAt } = place;
    const act = { meetingId, accountId, reason: '信访核查', now: calledAt };
    const place_ = () => inTransaction(store, (client) => placeHold(client, act));
    const release = () => inTransaction(store, (client) => releaseHold(client, act));
    expect(await place_()).toBeNull();
    expect(await place_()).toMatchObject({ code: 'held-already' });
    expect(await kindsOf(meetingId)).toEqual([]);
    expect((await readKept(store.pool, { meetingId, kind: 'lines' }))?.isHeld).toBe(true);
    expect((await readKeeping(store.pool, meetingId)).hold).toMatchObject({ reason: '信访核查' });
    expect(await release()).toBeNull();
    expect(await release()).toMatchObject({ code: 'not-held' });
    expect(await kindsOf(meetingId)).toHaveLength(4);
    expect(await place_()).toBeNull();
  });

  test('the times in force are written down, and only those that changed are told', async () => {
    const days = { recordings: 180, decks: 90, lines: 180, title: 730, notes: 180 };
    const note = (more: Partial<typeof days> = {}) =>
      inTransaction(store, (client) => noteRetention(client, { ...days, ...more }, place.now));
    expect(await note()).toHaveLength(5);
    expect(await note()).toEqual([]);
    expect(await note({ lines: 30 })).toEqual([{ kind: 'lines', days: 30, before: 180 }]);
  });

  test('own words of old spot checks go, the checks stay', async () => {
    const { accountId, calledAt } = place;
    const checks = [0, 100].map((days) => ({
      id: randomUUID(),
      at: calledAt.subtract({ hours: 24 * days }),
    }));
    for (const { id, at } of checks) {
      await store.pool.query(
        `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
         values ($1, $2, 'routine', '找扎西', 60, $3, $4, $5)`,
        [id, scope, at.toString(), at.add({ seconds: 60 }).toString(), accountId],
      );
    }
    const endedBefore = calledAt.subtract({ hours: 24 * 90 });
    const run = () => eraseCheckNotes(store.pool, { endedBefore, now: calledAt, limit: 10 });
    expect([await run(), await run()]).toEqual([1, 0]);
    const { rows } = await store.pool.query<{ note: string; erased: boolean }>(
      `select note, note_erased_at is not null as erased from spot_check order by until`,
    );
    expect(rows).toEqual([
      { note: '', erased: true },
      { note: '找扎西', erased: false },
    ]);
  });
});
