import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import {
  venueSeat,
  type MeetingLine,
  type MeetingPlan,
  type MeetingView,
  type Page,
  type SeatKeyReply,
} from '@sightline/contracts';
import { readDesired } from '@sightline/store';
import { afterAll, expect, test } from 'vitest';
import { problemOf } from './testing-console.ts';
import {
  openMeetingConsole,
  village,
  neighbour,
  county,
  township,
  media,
} from './testing-meetings.ts';

const { console, chair, post, get, ask, call, act, viewOf, factsOf } = await openMeetingConsole();
afterAll(() => console[Symbol.asyncDispose]());

test('before a call the page is told whom it reaches; the call does just that', async () => {
  const query = `region=${county}&invite=${township}&withUpperVenues=true`;
  const plan = await get<MeetingPlan>(`/api/meetings/plan?${query}`);
  expect(plan).toMatchObject({ seats: 3, autoAnswer: 0, media: { state: 'no-link' } });
  expect(plan.notEquipped).toBeGreaterThan(0);
  const outside = await console.call({
    url: `/api/meetings/plan?region=${county}&invite=540236`,
    cookie: chair,
  });
  expect([outside.statusCode, problemOf(outside)]).toEqual([400, 'invited-outside']);
  const body = ask();
  const reply = await post('/api/meetings', body);
  expect([reply.statusCode, reply.json()]).toEqual([
    201,
    { meetingId: body.meetingId, seats: 3, leftOut: plan.notEquipped },
  ]);
  const view = await viewOf(body.meetingId);
  expect(view).toMatchObject({
    phase: 'open',
    title: '防雪调度',
    seats: 3,
    control: { version: 1 },
  });
  expect(view.seatsOf.map(({ seatId }) => seatId).slice(1)).toEqual(
    [township, village, neighbour].map(venueSeat),
  );
  const desired = await readDesired(console.store.pool, `${village}-1`);
  const [told] = desired?.meetings ?? [];
  expect(told).toMatchObject({ meetingId: body.meetingId, mediaUrl: media.url, isOver: false });
  const [claims = '', signature] = told?.seatToken.split('.') ?? [];
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    meetingId: body.meetingId,
    seatId: venueSeat(village),
  });
  const key = Buffer.from(hkdfSync('sha256', media.secret, '', 'sightline seat token', 32));
  expect(signature).toBe(createHmac('sha256', key).update(claims).digest('base64url'));
  expect((await post('/api/meetings', ask({ meetingId: body.meetingId }))).statusCode).toBe(409);
});

test('a repeated command is one meeting; a fifth meeting of an account is refused', async () => {
  await call();
  const key = randomUUID();
  const send = (to: string, said: object) =>
    console.call({ method: 'POST', url: to, cookie: chair, body: said, key });
  const body = ask();
  const twice = [await send('/api/meetings', body), await send('/api/meetings', body)];
  expect(twice[1]?.json()).toEqual(twice[0]?.json());
  await post(
    '/api/meetings',
    ask({
      startsAt: console.clock.now.add({ hours: 1 }).toString({ smallestUnit: 'millisecond' }),
    }),
  );
  await post('/api/meetings', ask({ kind: 'call', invite: [village], withUpperVenues: false }));
  expect(problemOf(await post('/api/meetings', ask()))).toBe('meetings-used');
  const list = await get<Page<MeetingLine>>('/api/meetings');
  const running = list.items.filter(({ phase }) => phase !== 'over');
  expect(running).toHaveLength(4);
  expect(running.map(({ phase }) => phase)).toContain('planned');
});

test('the chair alone steers, each act once and in the log; the room follows', async () => {
  const meetingId = await call();
  const other = await console.enter(['dispatcher'], county);
  const floor = { act: 'give-floor', seatId: venueSeat(village) } as const;
  expect(problemOf(await act(meetingId, floor, other))).toBe('not-chair');
  const key = randomUUID();
  const send = (to: string, said: object) =>
    console.call({ method: 'POST', url: to, cookie: chair, body: said, key });
  const url = `/api/meetings/${meetingId}/act`;
  const twice = [await send(url, { act: floor }), await send(url, { act: floor })];
  expect(twice.map((reply) => reply.json())).toEqual([{ version: 2 }, { version: 2 }]);
  expect(problemOf(await act(meetingId, { ...floor, seatId: venueSeat('540236100200') }))).toBe(
    'no-such-seat',
  );
  expect((await viewOf(meetingId)).control).toMatchObject({
    floor: [venueSeat(village)],
    version: 2,
  });
  await act(meetingId, { act: 'remove', seatId: venueSeat(village) });
  expect((await viewOf(meetingId)).control.floor).toEqual([]);
  expect(problemOf(await act(meetingId, { act: 'invite', regions: ['540236'] }))).toBe(
    'invited-outside',
  );
  expect((await act(meetingId, { act: 'invite', regions: [village] })).json()).toEqual({
    version: 4,
  });
  expect((await viewOf(meetingId)).seats).toBe(3);
  expect(await factsOf(meetingId)).toEqual(['called', 'steered', 'steered', 'steered']);
  expect((await post(url, { act: { act: 'explode' } })).statusCode).toBe(400);
});

test('outside its region a meeting is not there, whatever is asked of it', async () => {
  const meetingId = await call();
  const stranger = await console.enter(['dispatcher'], '540221');
  const answers = [];
  for (const path of [
    '',
    '/venues',
    '/roll-calls?purpose=duty-watch',
    '/recording?purpose=duty-watch',
  ]) {
    answers.push(
      await console.call({ url: `/api/meetings/${meetingId}${path}`, cookie: stranger }),
    );
  }
  for (const [path, body] of [
    ['act', { act: { act: 'unlock' } }],
    ['end', {}],
    ['seat', {}],
    ['present', { round: 1 }],
  ] as const) {
    answers.push(await post(`/api/meetings/${meetingId}/${path}`, body, stranger));
  }
  expect(answers.map((reply) => [reply.statusCode, problemOf(reply)])).toEqual(
    answers.map(() => [404, 'no-such-meeting']),
  );
  const list = await get<Page<MeetingLine>>('/api/meetings', stranger);
  expect(list.items).toEqual([]);
  const within = await console.enter(['registrar'], township);
  expect((await get<MeetingView>(`/api/meetings/${meetingId}`, within)).title).toBe('防雪调度');
  const above = await console.enter(['registrar'], '5402');
  expect(
    (await console.call({ url: `/api/meetings/${meetingId}`, cookie: above })).statusCode,
  ).toBe(200);
});

test('a seat is the chair’s own, or the venue of one’s region; its key says so', async () => {
  const meetingId = await call();
  const seatOf = async (cookie: string) => post(`/api/meetings/${meetingId}/seat`, {}, cookie);
  const own = (await seatOf(chair)).json<SeatKeyReply>();
  expect(own.seatId).toBe((await viewOf(meetingId)).control.chair);
  expect(own).toMatchObject({ mediaUrl: media.url });
  const venue = await console.enter(['registrar'], township);
  expect((await seatOf(venue)).json<SeatKeyReply>().seatId).toBe(venueSeat(township));
  expect(problemOf(await seatOf(await console.enter(['dispatcher'], '5402')))).toBe('no-seat');
  // The village's seat is its terminal's.
  expect(problemOf(await seatOf(await console.enter(['dispatcher'], village)))).toBe('no-seat');
  await post(`/api/meetings/${meetingId}/end`, {});
  expect(problemOf(await seatOf(chair))).toBe('over-already');
});
