import { createHash, randomUUID } from 'node:crypto';
import {
  deskSeat,
  venueSeat,
  type MeetingAct,
  type MeetingControl,
  type RollCall,
  type Seat,
  type Spell,
} from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { callMeeting } from './call-meeting.ts';
import { endMeeting, openMeeting, saveSteered } from './change-meeting.ts';
import { holdMeeting, readAbsent, readInvitationGround, type HeldMeeting } from './hold-meeting.ts';
import { listDueMeetings } from './list-due-meetings.ts';
import { meetingProjection } from './meeting-projection.ts';
import {
  closeSilentSpells,
  completeRecordings,
  noteLine,
  noteSegments,
  noteSpells,
} from './note-media.ts';
import { listMeetings, readMeeting, readRoomOrders } from './read-meetings.ts';
import { readRollCallAnswers, readVenues } from './read-venues.ts';

const first = '540235100201';
const second = '540235100202';
const villages = [first, second];
const scope = '540235';
const keys = {
  mediaUrl: 'http://127.0.0.1:7410',
  seatToken: ({ seatId }: { readonly seatId: string }) => `key of ${seatId}`,
};
const branch = (region: string): Seat => ({
  seatId: venueSeat(region),
  region,
  name: region,
  role: 'branch',
});

describe.each(engines)('meetings on $name', ({ open }) => {
  let store: TestStore;
  let accountId: string;
  const person = randomUUID();
  const sources = new Map(villages.map((region) => [region, new TestSource()]));
  /** Facts are received now by the database's clock: so the meetings are called an hour before. */
  const now = Temporal.Now.instant().round('millisecond');
  const calledAt = now.subtract({ hours: 1 });
  const change = { now: calledAt, actor: 'system:test' };
  const at = (minutes: number) =>
    calledAt.add({ minutes }).toString({ smallestUnit: 'millisecond' });

  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: scope, now });
    await createTerminals(
      store,
      villages.map((region) => ({ terminalId: `${region}-1`, region, simulated: true })),
    );
    for (const [region, { source }] of sources) {
      await store.pool.query(
        `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
        [source, `${region}-1`, now.toString()],
      );
    }
    const people = [{ personId: person, region: first, name: '扎西', post: '' }];
    expect(await addPeople(store, people, change)).toBeNull();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const controlOf = (meetingId: string, isOpen: boolean): MeetingControl => ({
    meetingId,
    version: 1,
    region: scope,
    kind: 'meeting',
    title: '防雪',
    chair: deskSeat(accountId),
    isOpen,
    isLocked: false,
    silencedAt: 0,
    floor: [],
    hands: [],
    onAir: [],
    carousel: null,
    screen: null,
    slides: null,
    interpreters: [],
    rollCall: null,
    isRecorded: false,
  });
  const call = async (regions = villages, isOpen = true): Promise<string> => {
    const meetingId = randomUUID();
    const control = controlOf(meetingId, isOpen);
    const by = { login: 'd', roles: ['dispatcher'], region: scope };
    await inTransaction(store, async (client) => {
      const meeting = { meetingId, kind: 'meeting', title: '防雪', region: scope } as const;
      const refusal = await callMeeting(
        client,
        {
          ...meeting,
          ringSeconds: 60,
          isRemoteOpening: false,
          accountId,
          by,
          startsAt: isOpen ? calledAt : calledAt.add({ minutes: 30 }),
          control,
          chair: { seatId: control.chair, region: scope, name: 'd', role: 'main' },
          seats: regions.map(branch),
        },
        { change, keys },
      );
      expect(refusal).toBeNull();
    });
    return meetingId;
  };
  const held = async <T>(
    meetingId: string,
    work: (meeting: HeldMeeting, client: Parameters<typeof holdMeeting>[0]) => Promise<T>,
  ): Promise<T> =>
    inTransaction(store, async (client) => {
      const meeting = await holdMeeting(client, meetingId);
      if (meeting === null) throw new Error(`There is no meeting ${meetingId}.`);
      return work(meeting, client);
    });
  const steer = (
    meetingId: string,
    act: MeetingAct,
    more: { readonly control?: Partial<MeetingControl>; readonly minutes?: number } = {},
  ) =>
    held(meetingId, async (meeting, client) => {
      const { control } = meeting;
      const next = { ...control, ...more.control, version: control.version + 1 };
      const seats = new Map(meeting.seats);
      if (act.act === 'remove') seats.delete(act.seatId);
      if (act.act === 'invite')
        for (const each of villages) seats.set(venueSeat(each), branch(each));
      const steered = { control: next, seats, act };
      const when = { ...change, now: calledAt.add({ minutes: more.minutes ?? 1 }) };
      expect(
        await saveSteered(client, { held: meeting, steered }, { change: when, keys }),
      ).toBeNull();
    });
  const rollCall = (round: number, isOpen: boolean, asked: string[] | null = null): RollCall => ({
    round,
    openedAt: at(round * 5),
    until: at(round * 5 + 2),
    isOpen,
    asked,
  });
  const round = async (meetingId: string, no: number, asked: string[] | null = null) => {
    const ask = asked === null ? 'all' : 'absent';
    const opened = { control: { rollCall: rollCall(no, true, asked) }, minutes: no * 5 };
    await steer(meetingId, { act: 'open-roll-call', ask, seconds: 120 }, opened);
  };
  const close = (meetingId: string, no: number, asked: string[] | null = null) =>
    steer(
      meetingId,
      { act: 'close-roll-call' },
      { control: { rollCall: rollCall(no, false, asked) }, minutes: no * 5 + 3 },
    );
  const tell = async (region: string, type: TestFact['type'], ...said: Partial<TestFact>[]) => {
    const facts = said.map((each): TestFact => ({
      region,
      type,
      at: at(6),
      ...each,
      data: { terminalId: `${region}-1`, ...each.data },
    }));
    await sources.get(region)?.append(store, facts);
    await catchUp(store, [meetingProjection]);
  };
  const told = async (region = first) =>
    (await readDesired(store.pool, `${region}-1`))?.meetings ?? [];
  const factsOf = async (meetingId: string): Promise<string[]> => {
    const { rows } = await store.pool.query<{ type: string }>(
      `select body::json ->> 'type' as type from log
       where stream = $1 and source = 'centre' order by position`,
      [`meeting/${scope}/${meetingId}`],
    );
    return rows.map(({ type }) => type.replace('meeting.', ''));
  };

  test('a call stands at each village with the key of its own seat, and in the log without its title', async () => {
    const meetingId = await call();
    for (const region of villages) {
      expect((await told(region))[0]).toMatchObject({
        meetingId,
        title: '防雪',
        seatToken: `key of venue-${region}`,
        mediaUrl: keys.mediaUrl,
        ringUntil: at(1),
        until: at(12 * 60),
        rollCall: null,
        isOver: false,
      });
    }
    const { rows } = await store.pool.query<{ body: string }>('select body from log');
    expect(rows.map(({ body }) => body).join()).not.toMatch(/防雪|扎西/);
    expect(await factsOf(meetingId)).toEqual(['called']);
    const orders = await readRoomOrders(store.pool, [meetingId]);
    expect(orders[0]?.seats.map(({ seatId }) => seatId)).toEqual([
      deskSeat(accountId),
      ...villages.map(venueSeat),
    ]);
  });

  test('a terminal holds four, and lets go first of those that are over', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await call([first]));
    const [oldest = '', over = ''] = ids;
    await held(over, (meeting, client) =>
      endMeeting(client, { held: meeting, control: controlOf(over, false), why: 'chair' }, change),
    );
    expect((await told()).find((one) => one.meetingId === over)?.isOver).toBe(true);
    const newest = await call([first]);
    const kept = (await told()).map(({ meetingId }) => meetingId);
    expect(kept).toHaveLength(4);
    expect(kept[0]).toBe(newest);
    expect(kept).toContain(oldest);
    expect(kept).not.toContain(over);
  });

  test('ring and answer count once, the first in the log, whatever comes again', async () => {
    const meetingId = await call();
    const data = { meetingId };
    await tell(first, 'meeting.rung', { data, at: at(1) }, { data, at: at(2) });
    await tell(
      first,
      'meeting.answered',
      { data: { ...data, answer: 'accepted', how: 'touch' }, at: at(2) },
      { data: { ...data, answer: 'declined', how: 'touch' }, at: at(3) },
    );
    const { venues } = await readVenues(store.pool, meetingId);
    expect(venues).toMatchObject([
      { rungAt: at(1), answer: 'accepted', how: 'touch', answeredAt: at(2), isInRoom: false },
      { rungAt: null, answer: null },
    ]);
    const list = await listMeetings(store.pool, { scope: first, limit: 10, before: null });
    expect(list.running.find((line) => line.meetingId === meetingId)).toMatchObject({
      seats: 2,
      accepted: 1,
      inRoom: 0,
    });
    const elsewhere = { scope: '540236', limit: 10, before: null };
    expect((await listMeetings(store.pool, elsewhere)).running).toEqual([]);
    expect(await readMeeting(store.pool, { meetingId, scope: '540236' }, { lines: 5 })).toBeNull();
  });

  test('a roll call asks everybody, the next one those who were not there in time', async () => {
    const meetingId = await call();
    await round(meetingId, 1);
    expect((await told())[0]?.rollCall).toMatchObject({ round: 1, isOpen: true, asked: null });
    const pin = { meetingId, round: 1, method: 'pin', personId: person };
    await tell(first, 'meeting.present', { data: pin }, { data: { ...pin, method: 'button' } });
    // Somebody of another village, then an answer that comes when the round is over.
    await tell(second, 'meeting.present', { data: pin });
    await close(meetingId, 1);
    const late = { data: { meetingId, round: 1, method: 'button' }, at: at(9) };
    await tell(second, 'meeting.present', late, late);
    expect(await readAbsent(store.pool, meetingId)).toEqual([venueSeat(second)]);
    await round(meetingId, 2, [venueSeat(second)]);
    expect((await told(first))[0]?.rollCall).toMatchObject({ round: 2, asked: [] });
    expect((await told(second))[0]?.rollCall).toMatchObject({
      round: 2,
      asked: [venueSeat(second)],
    });
    await tell(first, 'meeting.present', { data: { ...pin, round: 2 }, at: at(11) }); // Not asked.
    const inTime = { data: { meetingId, round: 2, method: 'button' }, at: at(11) };
    await tell(second, 'meeting.present', inTime);
    await close(meetingId, 2, [venueSeat(second)]);
    const view = await readMeeting(store.pool, { meetingId, scope }, { lines: 5 });
    expect(view?.rounds).toMatchObject([
      { round: 1, asked: 2, present: 1, isOpen: false },
      { round: 2, asked: 1, present: 1, isOpen: false },
    ]);
    const entry = { who: 'account:x', what: 'meeting.roll-calls', region: scope };
    const subject = `meeting:${meetingId}`;
    const receipt = await appendAudit(store.pool, {
      entry: { ...entry, purpose: 'duty-watch', subject },
      now,
    });
    const answers = await readRollCallAnswers(store.pool, receipt, meetingId);
    expect(answers.map((one) => [one.round, one.seatId, one.method, one.name])).toEqual([
      [1, venueSeat(first), 'pin', '扎西'],
      [1, venueSeat(second), 'button', null],
      [2, venueSeat(second), 'button', null],
    ]);
    expect(await factsOf(meetingId)).toEqual([
      'called',
      'steered',
      'steered',
      'steered',
      'steered',
    ]);
  });

  test('a removed seat is told so, is asked no more, and is back when it is invited again', async () => {
    const meetingId = await call([first]);
    await round(meetingId, 1);
    await steer(meetingId, { act: 'invite', regions: ['540235100'] }, { minutes: 6 });
    expect((await told(second))[0]).toMatchObject({
      meetingId,
      rollCall: { round: 1, asked: null },
      ringUntil: at(7),
    });
    await steer(meetingId, { act: 'remove', seatId: venueSeat(first) }, { minutes: 7 });
    expect((await told(first))[0]).toMatchObject({ meetingId, isOver: true });
    expect((await told(second))[0]).toMatchObject({ meetingId, isOver: false });
    const [order] = await readRoomOrders(store.pool, [meetingId]);
    expect(order?.seats.map(({ seatId }) => seatId)).not.toContain(venueSeat(first));
    await steer(meetingId, { act: 'invite', regions: ['540235100'] }, { minutes: 8 });
    expect((await told(first))[0]).toMatchObject({ meetingId, isOver: false });
  });

  test('the village’s newest word on remote opening counts, of somebody of that village', async () => {
    const allows = async () =>
      (await readInvitationGround(store.pool, ['540235100'])).villages
        .filter(({ allowsOpening }) => allowsOpening)
        .map(({ region }) => region);
    await tell(second, 'meeting.auto-answer-set', { data: { isAllowed: true, personId: person } });
    expect(await allows()).toEqual([]);
    const said = (isAllowed: boolean) => ({ data: { isAllowed, personId: person } });
    await tell(first, 'meeting.auto-answer-set', said(false), said(true));
    expect(await allows()).toEqual([first]);
    const { uppers } = await readInvitationGround(store.pool, [first]);
    expect(uppers.map(({ region }) => region)).toEqual(['540235', '540235100']);
  });

  test('spells grow and never shrink, in any order; the log tells each once, and what grew afterwards', async () => {
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
    const { venues, spells } = await readVenues(store.pool, meetingId);
    expect(venues.map(({ isInRoom }) => isInRoom)).toEqual([true, true]);
    expect(spells.map(({ fromMs, untilMs }) => (untilMs - fromMs) / 60_000).toSorted()).toEqual([
      1, 2,
    ]);
    await say({ ...base, until: at(4), isOver: true }, { ...base, until: at(3) });
    await say({ ...base, until: at(4), isOver: true });
    expect(await factsOf(meetingId)).toEqual(['called', 'attended']);
    const silentSince = calledAt.add({ seconds: 1 });
    const closeSilent = () =>
      inTransaction(store, (client) => closeSilentSpells(client, { silentSince, change }));
    expect([await closeSilent(), await closeSilent()]).toEqual([1, 0]);
    await say({ ...other, until: at(8), isOver: true });
    expect(await factsOf(meetingId)).toEqual(['called', 'attended', 'attended', 'attended']);
    expect((await readVenues(store.pool, meetingId)).venues[1]?.isInRoom).toBe(false);
  });

  test('lines and segments count once; a recording is complete with the root of its digests', async () => {
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

  test('built again, what terminals said is the same', async () => {
    const all = async () => {
      const seats = 'select * from meeting_seat order by meeting_id, seat_id';
      const asked = 'select * from meeting_asked order by meeting_id, round, seat_id';
      const opening = 'select * from village_opening order by region';
      const found = [];
      for (const sql of [seats, asked, opening]) found.push((await store.pool.query(sql)).rows);
      return found;
    };
    const before = await all();
    expect(before.every((rows) => rows.length > 0)).toBe(true);
    await rebuild(store, meetingProjection);
    expect(await all()).toEqual(before);
  });
});
