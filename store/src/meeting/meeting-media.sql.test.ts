import { createHash, randomUUID } from 'node:crypto';
import { venueSeat, type Spell } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/in-transaction.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { openMeeting } from './change-meeting.ts';
import { listDueMeetings } from './list-due-meetings.ts';
import { noteChairs } from './note-chairs.ts';
import {
  closeSilentSpells,
  completeRecordings,
  noteLine,
  noteSegments,
  noteSpells,
} from './note-media.ts';
import { readMeeting } from './read-meetings.ts';
import { readVenues } from './read-venues.ts';
import { first, openMeetings, scope, second, villages } from './testing-meetings.ts';

describe.each(engines)('what happens in a meeting on $name', ({ open }) => {
  let store: TestStore;
  let place: Awaited<ReturnType<typeof openMeetings>>;
  beforeAll(async () => {
    store = await open();
    place = await openMeetings(store);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test('spells grow and never shrink, in any order; the log tells each once, and what grew afterwards', async () => {
    const { calledAt, change, at, call, factsOf } = place;
    const meetingId = await call();
    const base: Spell = {
      spellId: randomUUID(),
      meetingId,
      seatId: venueSeat(first),
      from: at(1),
      until: at(2),
      packets: 100,
      isOver: false,
    };
    const say = (...spells: Spell[]) =>
      inTransaction(store, async (client) => {
        expect(await noteSpells(client, spells, change)).toBeNull();
      });
    const other = { ...base, spellId: randomUUID(), seatId: venueSeat(second) };
    const stranger = { ...base, spellId: randomUUID(), seatId: venueSeat('540236100200') };
    await say({ ...base, until: at(3), packets: 200 }, base, other, stranger);
    await say(base);
    const { venues, spells } = await readVenues(store.pool, { meetingId, scope });
    expect(venues.map(({ isInRoom }) => isInRoom)).toEqual([true, true]);
    expect(
      spells.map(({ fromMs, untilMs }) => (untilMs - fromMs) / 60_000).toSorted((a, b) => a - b),
    ).toEqual([1, 2]);
    await say({ ...base, until: at(4), isOver: true }, { ...base, until: at(3) });
    await say({ ...base, until: at(4), isOver: true });
    expect(await factsOf(meetingId)).toEqual(['called', 'attended']);
    const silentSince = calledAt.add({ seconds: 1 });
    const closeSilent = () =>
      inTransaction(store, (client) => closeSilentSpells(client, { silentSince, change }));
    expect([await closeSilent(), await closeSilent()]).toEqual([1, 0]);
    await say({ ...other, until: at(8), isOver: true });
    expect(await factsOf(meetingId)).toEqual(['called', 'attended', 'attended', 'attended']);
    expect((await readVenues(store.pool, { meetingId, scope })).venues[1]?.isInRoom).toBe(false);
  });

  test('a chair that was heard is seen then, and never earlier again; of meetings that are not open nothing is kept', async () => {
    const { calledAt, at, call } = place;
    const meetingId = await call();
    const other = await call();
    const planned = await call(villages, false);
    const hear = (minutes: number, ...agoMs: number[]) =>
      inTransaction(store, (client) =>
        noteChairs(
          client,
          [...agoMs.map((ago) => ({ meetingId, agoMs: ago })), { meetingId: planned, agoMs: 0 }],
          calledAt.add({ minutes }),
        ),
      );
    const seenAt = async (of = meetingId) =>
      (await readMeeting(store.pool, { meetingId: of, scope }, { lines: 1 }))?.chairSeenAt;
    expect(await seenAt()).toBe(at(0));
    await hear(10, 90_000, 60_000);
    expect(await seenAt()).toBe(at(9));
    await hear(10, 120_000);
    await hear(5, 0);
    expect(await seenAt()).toBe(at(9));
    await hear(11, 0);
    expect([await seenAt(), await seenAt(other), await seenAt(planned)]).toEqual([
      at(11),
      at(0),
      null,
    ]);
    const { rows } = await store.pool.query(
      'select from meeting where meeting_id = $1 and chair_heard_at is not null',
      [planned],
    );
    expect(rows).toEqual([]);
  });

  test('lines and segments count once; a recording is complete with the root of its digests', async () => {
    const { calledAt, change, at, call } = place;
    const meetingId = await call();
    const line = {
      lineId: randomUUID(),
      meetingId,
      seatId: venueSeat(first),
      at: at(3),
      text: '在',
    };
    const recordingId = randomUUID();
    const digest = (n: number) => createHash('sha256').update(String(n)).digest('hex');
    const segment = (no: number, region = first) => ({
      recordingId,
      meetingId,
      seatId: venueSeat(region),
      no,
      from: at(no),
      durationMs: 4_000,
      bytes: 1_000,
      sha256: digest(no),
      hasVideo: true,
    });
    await inTransaction(store, async (client) => {
      for (const each of [line, line]) await noteLine(client, each);
      await noteLine(client, { ...line, lineId: randomUUID(), meetingId: randomUUID() });
      const two = [segment(1), segment(0)];
      await noteSegments(client, two, calledAt);
      await noteSegments(client, two, calledAt);
    });
    const view = await readMeeting(store.pool, { meetingId, scope }, { lines: 5 });
    expect(view).toMatchObject({ lines: [line], isRecorded: true });
    const complete = (minutes: number) =>
      inTransaction(store, (client) =>
        completeRecordings(client, { quietSince: calledAt.add({ minutes }), change }),
      );
    expect([await complete(0), await complete(1), await complete(2)]).toEqual([0, 1, 0]);
    await inTransaction(store, (client) => noteSegments(client, [segment(1)], calledAt));
    expect(await complete(3)).toBe(0);
    await inTransaction(store, (client) => noteSegments(client, [segment(2)], calledAt));
    expect(await complete(4)).toBe(1);
    const { rows } = await store.pool.query<{ data: Record<string, unknown> }>(
      `select body::json -> 'data' as data from log
       where stream = $1 and body::json ->> 'type' = 'meeting.recorded' order by position`,
      [`meeting/${scope}/${meetingId}`],
    );
    const root = (...of: number[]) =>
      createHash('sha256').update(Buffer.concat(of.map((n) => Buffer.from(digest(n), 'hex'))));
    expect(rows.map(({ data }) => data)).toMatchObject([
      { segments: 2, bytes: 2_000, from: at(0), root: root(0, 1).digest('hex') },
      { segments: 3, bytes: 3_000, root: root(0, 1, 2).digest('hex') },
    ]);
  });

  test('time opens what was planned, closes rounds and ends what nobody ended', async () => {
    const { calledAt, change, controlOf, call, held, round, factsOf } = place;
    const planned = await call(villages, false);
    const running = await call();
    await round(running, 1);
    const due = async (minutes: number) => {
      const found = await listDueMeetings(store.pool, calledAt.add({ minutes }));
      const of = (ids: readonly string[]) => ids.filter((id) => [planned, running].includes(id));
      return [of(found.opening), of(found.rounds), of(found.expired)];
    };
    expect(await due(6)).toEqual([[], [], []]);
    expect(await due(7)).toEqual([[], [running], []]);
    expect(await due(30)).toEqual([[planned], [running], []]);
    await held(planned, (meeting, client) =>
      openMeeting(client, { held: meeting, control: controlOf(planned, true) }, change),
    );
    expect(await factsOf(planned)).toEqual(['called', 'opened']);
    expect(await due(12 * 60 + 5)).toEqual([[], [], [running]]);
  });
});
