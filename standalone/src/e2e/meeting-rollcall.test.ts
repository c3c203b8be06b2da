import { randomUUID } from 'node:crypto';
import {
  venueSeat,
  type MeetingVenue,
  type MeetingView,
  type RoundView,
} from '@sightline/contracts';
import { openStore, type Store } from '@sightline/store';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { planRollCallReply } from '#simulator/village-meetings.ts';
import { until } from './edge-fixture.ts';
import { requireCustody } from './testing/custody.ts';
import { enterVenues } from './testing/enter-venues.ts';
import { startTestConstellation, type TestConstellation } from './testing/fixture.ts';
import { print } from './testing/trials.ts';
import { openSession, type WebClient } from './testing/web-client.ts';

const patienceMs = 120_000;
vi.setConfig({ testTimeout: 480_000 });
const villages = 200;
const absentAtFirst = 37;
/** A stay is known to the second in which its packets came. */
const sharpMs = 1_500;
const stack = new AsyncDisposableStack();
let house: TestConstellation;
let store: Store;
let desk: WebClient;
/** Of the simulated villages; the one real terminal has nobody in front of it. */
let simulated: readonly string[];

beforeAll(async () => {
  house = stack.use(await startTestConstellation({ villages }));
  store = stack.use(
    await openStore({ databaseUrl: house.databaseUrl, applicationName: 'e2e', poolSize: 2 }),
  );
  desk = await openSession(house.links.signIn, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login: 'dispatcher', password: 'a long enough password' },
  });
  await until(
    'every village is enrolled',
    async () => (await enrolled()).length === villages,
    patienceMs,
  );
  simulated = (await enrolled()).filter(({ isReal }) => !isReal).map(({ region }) => region);
}, 480_000);
afterAll(() => stack.disposeAsync());

async function enrolled() {
  const { rows } = await store.pool.query<{ region: string; isReal: boolean }>(
    `select t.region, not t.simulated as "isReal" from terminal t join terminal_source s using (terminal_id)
     where s.revoked_at is null order by t.region`,
  );
  return rows;
}

/** A meeting of which just so many villages miss the first roll call: the same on every machine. */
function chooseMeeting(): string {
  for (;;) {
    const meetingId = randomUUID();
    if (absentOf(meetingId, 1).length === absentAtFirst - 1) return meetingId;
  }
}

const absentOf = (meetingId: string, round: number) =>
  simulated.filter((region) => planRollCallReply(region, { meetingId, round }).afterMs === null);

async function act(meetingId: string, what: object): Promise<void> {
  const key = { 'idempotency-key': randomUUID() };
  const reply = await desk.post(`/api/meetings/${meetingId}/act`, { act: what }, key);
  expect([reply.status, reply.body['code']]).toEqual([201, undefined]);
}

async function viewOf(meetingId: string): Promise<MeetingView> {
  const { body } = await desk.get(`/api/meetings/${meetingId}`);
  return body as unknown as MeetingView; // Our own centre, typed by the contract.
}

async function roundOf(meetingId: string, no: number): Promise<RoundView | undefined> {
  return (await viewOf(meetingId)).rounds.find(({ round }) => round === no);
}

/** The centre is asked twice a second, as a page would: more would be refused. */
function unhurried(isTrue: () => Promise<boolean>): () => Promise<boolean> {
  let askedMs = -Infinity;
  return async () => {
    if (performance.now() - askedMs < 500) return false;
    askedMs = performance.now();
    return isTrue();
  };
}

const isClosed = (meetingId: string, no: number) =>
  unhurried(async () => (await roundOf(meetingId, no))?.isOpen === false);

it('two hundred villages are called; who misses a roll call is asked again, and every word counts once', async () => {
  const meetingId = chooseMeeting();
  const key = { 'idempotency-key': randomUUID() };
  const calledMs = Date.now();
  const { status, body } = await desk.post(
    '/api/meetings',
    {
      meetingId,
      kind: 'meeting',
      title: '防雪调度',
      region: '5402',
      invite: ['5402'],
      withUpperVenues: false,
      startsAt: null,
      ringSeconds: 600,
      isRemoteOpening: false,
    },
    key,
  );
  expect([status, body['seats']]).toEqual([201, villages]);
  const rung = async () => {
    const { rows } = await store.pool.query<{ seat: string }>(
      `select seat_id as seat from meeting_seat
       where meeting_id = $1 and rung_at is null and seat_id like 'venue-%'`,
      [meetingId],
    );
    silent = rows.map(({ seat }) => seat);
    return silent.length === villages - simulated.length;
  };
  let silent: readonly string[] = [];
  await until('every simulated village rings', rung, patienceMs).catch((error: unknown) => {
    throw new Error(`${silent.join(', ')} did not ring.`, { cause: error });
  });
  print(`called → ${simulated.length} villages ring: ${Date.now() - calledMs} ms`);

  await using venues = await enterVenues(store, { meetingId, regions: simulated });
  print(`${venues.count} venues in the room with pictures: ${Date.now() - calledMs} ms`);

  await act(meetingId, { act: 'open-roll-call', ask: 'all', seconds: 60 });
  await until('the first round is over', isClosed(meetingId, 1), patienceMs);
  expect(await roundOf(meetingId, 1)).toMatchObject({
    asked: villages,
    present: villages - absentAtFirst,
  });
  await act(meetingId, { act: 'open-roll-call', ask: 'absent', seconds: 60 });
  const absent = absentOf(meetingId, 1);
  const asked = (await viewOf(meetingId)).control.rollCall?.asked ?? [];
  const real = (await enrolled()).filter(({ isReal }) => isReal).map(({ region }) => region);
  expect(new Set(asked)).toEqual(new Set([...absent, ...real].map(venueSeat)));
  await until('the second round is over', isClosed(meetingId, 2), patienceMs);
  const still = absent.filter((region) => absentOf(meetingId, 2).includes(region));
  expect(await roundOf(meetingId, 2)).toMatchObject({
    asked: absentAtFirst,
    present: absent.length - still.length,
  });

  const { rows } = await store.pool.query<{ type: string; count: number }>(
    `select type, count(*)::integer as count from (
       select body::json ->> 'type' as type, stream,
              coalesce(body::json -> 'data' ->> 'round', '') as round, count(*) as said
       from log where stream like '%/' || $1 and source <> 'centre' group by 1, 2, 3) as words
     where said = 1 group by type order by type`,
    [meetingId],
  );
  const counts = new Map(rows.map(({ type, count }) => [type, count]));
  expect(counts.get('meeting.rung')).toBe(simulated.length);
  expect(counts.get('meeting.present')).toBe(
    villages - absentAtFirst + absent.length - still.length,
  );
  const total = await store.pool.query<{ count: number }>(
    `select count(*)::integer as count from log where stream like '%/' || $1 and source <> 'centre'`,
    [meetingId],
  );
  expect(total.rows[0]?.count).toBe([...counts.values()].reduce((sum, count) => sum + count, 0));
  const stays = await venues.flap(20);
  const ended = await desk.post(
    `/api/meetings/${meetingId}/end`,
    {},
    {
      'idempotency-key': randomUUID(),
    },
  );
  expect(ended.status).toBe(201);
  const counted = async () => {
    const { body } = await desk.get(`/api/meetings/${meetingId}/venues`);
    return body as unknown as readonly MeetingVenue[]; // Our own centre, typed by the contract.
  };
  const isSettled = unhurried(async () => (await counted()).every(({ isInRoom }) => !isInRoom));
  await until('everybody has left', isSettled, patienceMs);
  const presentMs = new Map((await counted()).map((one) => [one.seatId, one]));
  for (const { seatId, sentMs, spells } of stays) {
    const { presentMs: ms = 0, rejoins = 0 } = presentMs.get(seatId) ?? {};
    expect([seatId, Math.abs(ms - sentMs) < spells * sharpMs, rejoins]).toEqual([seatId, true, 1]);
  }
  const others = [...presentMs.values()].filter(({ seatId }) => venues.stayed(seatId));
  expect(others.length).toBe(simulated.length - 20);
  expect(others.filter(({ presentMs: ms, rejoins }) => ms > 60_000 && rejoins === 0)).toEqual(
    others,
  );
  await requireCustody(store);
});
