import { deskSeat, venueSeat, type AccountRole } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.ts';
import { appendAudit } from '#access/audit.ts';
import { rebuild } from '#log/projector.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { endMeeting } from './change-meeting.ts';
import { readAbsent, readInvitationGround } from './hold-meeting.ts';
import { meetingProjection } from './meeting-projection.ts';
import { listMeetings, readMeeting, readRoomOrders } from './read-meetings.ts';
import { readRollCallAnswers, readVenues } from './read-venues.ts';
import { first, keys, openMeetings, scope, second, villages } from './testing-meetings.ts';

describe.each(engines)('meetings on $name', ({ open }) => {
  let store: TestStore;
  let place: Awaited<ReturnType<typeof openMeetings>>;
  beforeAll(async () => {
    store = await open();
    place = await openMeetings(store);
  });
  afterAll(() => store[Symbol.asyncDispose]());
  const answerOf = async (meetingId: string) =>
    (await readVenues(store.pool, { meetingId, scope })).venues[0];

  test('a call stands at each village with the key of its own seat, and in the log without its title', async () => {
    const { accountId, at, call, told, factsOf } = place;
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
    const { change, controlOf, call, held, told } = place;
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
    const { at, call, tell } = place;
    const meetingId = await call();
    const data = { meetingId };
    await tell(first, 'meeting.rung', { data, at: at(1) }, { data, at: at(2) });
    await tell(
      first,
      'meeting.answered',
      { data: { ...data, answer: 'accepted', how: 'touch' }, at: at(2) },
      { data: { ...data, answer: 'declined', how: 'touch' }, at: at(3) },
    );
    const { venues } = await readVenues(store.pool, { meetingId, scope });
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

  test('a village that declined and comes in after all has said yes, in whatever order it is read', async () => {
    const { at, call, tell } = place;
    const meetingId = await call();
    const said = (answer: string, minute: number) => ({
      data: { meetingId, answer, how: 'touch' },
      at: at(minute),
    });
    await tell(first, 'meeting.answered', said('declined', 1));
    expect(await answerOf(meetingId)).toMatchObject({ answer: 'declined', answeredAt: at(1) });
    await tell(first, 'meeting.answered', said('accepted', 2), said('accepted', 3));
    await tell(second, 'meeting.answered', said('declined', 1), said('accepted', 2));
    expect(await answerOf(meetingId)).toMatchObject({ answer: 'accepted', answeredAt: at(2) });
    await rebuild(store, meetingProjection);
    expect(await answerOf(meetingId)).toMatchObject({ answer: 'accepted', answeredAt: at(2) });
    const list = await listMeetings(store.pool, { scope: first, limit: 10, before: null });
    expect(list.running.find((line) => line.meetingId === meetingId)?.accepted).toBe(2);
  });

  test('a face before a sample camera is named as such, one before a camera is not', async () => {
    const { person, now, call, round, close, tell } = place;
    const meetingId = await call();
    const face = {
      model: 'm@1',
      similarity: 0.8,
      margin: 0.8,
      threshold: 0.5,
      frames: 3,
      liveness: 0.9,
      challenge: 'blink',
    };
    const data = { meetingId, method: 'face', personId: person };
    const said: boolean[] = [];
    for (const sample of [{}, { sampleCamera: true }]) {
      const no = said.length + 1;
      await round(meetingId, no);
      await tell(first, 'meeting.present', {
        data: { ...data, round: no, face: { ...face, ...sample } },
      });
      await close(meetingId, no);
      const { venues } = await readVenues(store.pool, { meetingId, scope });
      expect(venues).toMatchObject([{ round: no, method: 'face' }, { isSample: false }]);
      said.push(venues[0]?.isSample ?? false);
    }
    expect(said).toEqual([false, true]);
    const receipt = await appendAudit(store.pool, {
      entry: {
        who: 'account:x',
        what: 'meeting.roll-calls',
        region: scope,
        purpose: 'duty-watch',
        subject: `meeting:${meetingId}`,
      },
      now,
    });
    const answers = await readRollCallAnswers(store.pool, receipt, { meetingId, scope });
    expect(answers.map((one) => one.isSample)).toEqual([false, true]);
  });

  test('a roll call asks everybody, the next one those who were not there in time', async () => {
    const { person, now, at, call, round, close, tell, told, factsOf } = place;
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
    const answers = await readRollCallAnswers(store.pool, receipt, { meetingId, scope });
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
    const { at, call, steer, round, told } = place;
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
    const { person, tell } = place;
    const allows = async () =>
      (await readInvitationGround(store.pool, { invite: ['540235100'], joining: [] })).villages
        .filter(({ allowsOpening }) => allowsOpening)
        .map(({ region }) => region);
    await tell(second, 'meeting.auto-answer-set', { data: { isAllowed: true, personId: person } });
    expect(await allows()).toEqual([]);
    const said = (isAllowed: boolean) => ({ data: { isAllowed, personId: person } });
    await tell(first, 'meeting.auto-answer-set', said(false), said(true));
    expect(await allows()).toEqual([first]);
  });

  test('an invitation finds the upper venues of what it names, and whether somebody can sit there', async () => {
    const desks = async (joining: readonly AccountRole[]) => {
      const { uppers } = await readInvitationGround(store.pool, { invite: [first], joining });
      return uppers.map(({ region, hasDesk }) => [region, hasDesk]);
    };
    const before = [
      ['540235', false],
      ['540235100', false],
    ];
    expect(await desks(['dispatcher'])).toEqual(before);
    const { now } = place;
    const clerk = { roles: ['registrar'], region: '540235100', now } as const;
    const accountId = await createAccount(store.pool, clerk);
    // Who never signed in, may not join or was shut out sits nowhere.
    expect(await desks(['registrar'])).toEqual(before);
    await store.pool.query(
      `update account set login = 'clerk', password_hash = '' where account_id = $1`,
      [accountId],
    );
    expect(await desks(['dispatcher'])).toEqual(before);
    expect(await desks(['dispatcher', 'registrar'])).toEqual([
      ['540235', false],
      ['540235100', true],
    ]);
    await store.pool.query('update account set disabled_at = created_at where account_id = $1', [
      accountId,
    ]);
    expect(await desks(['registrar'])).toEqual(before);
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
