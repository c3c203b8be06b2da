import { randomUUID } from 'node:crypto';
import { isRefusal, newControl, venueSeat } from '@sightline/contracts';
import {
  callMeeting,
  createAccount,
  holdMeeting,
  inTransaction,
  noteSpells,
  readMeeting,
  readVenues,
  saveSteered,
  seedDivisions,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideSteer } from '#domain/meeting/steer-meeting.ts';
import { noMediaKeys } from '#media/media-keys.ts';
import { keepMeetings } from './meetings.ts';

const village = '540235100201';
const seatId = venueSeat(village);
const scope = '540235';
const start = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
let store: TestStore;
let accountId: string;
beforeAll(async () => {
  store = await openTestStore();
  await seedDivisions(store.pool);
  accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: scope, now: start });
});
afterAll(() => store[Symbol.asyncDispose]());

const at = (seconds: number) => start.add({ seconds });
const change = (seconds: number) => ({ now: at(seconds), actor: 'system:test' });
/** The centre looks, that many seconds after the call. */
const look = async (seconds: number): Promise<void> => {
  const errors: unknown[] = [];
  await keepMeetings({ store, now: () => at(seconds), onError: (error) => errors.push(error) });
  expect(errors).toEqual([]);
};
async function call(startsIn: number): Promise<string> {
  const meetingId = randomUUID();
  const chair = `desk-${accountId}`;
  const room = { meetingId, region: scope, kind: 'meeting', title: '防雪' } as const;
  const control = newControl({ ...room, chair, isOpen: startsIn === 0 });
  await inTransaction(store, async (client) => {
    const meeting = {
      ...room,
      accountId,
      control,
      ringSeconds: 60,
      isRemoteOpening: false,
      by: { login: 'd', roles: ['dispatcher'], region: scope },
      startsAt: at(startsIn),
      chair: { seatId: chair, region: scope, name: 'd', role: 'main' },
      seats: [{ seatId, region: village, name: '村', role: 'branch' }],
    } satisfies Parameters<typeof callMeeting>[1];
    const how = { change: change(0), keys: noMediaKeys };
    expect(await callMeeting(client, meeting, how)).toBeNull();
  });
  return meetingId;
}
const viewOf = (meetingId: string) => readMeeting(store.pool, { meetingId, scope }, { lines: 1 });
const factsOf = async (meetingId: string) => {
  const { rows } = await store.pool.query<{ type: string; actor: string }>(
    `select body::json ->> 'type' as type, body::json ->> 'actor' as actor
     from log where stream = $1 order by position`,
    [`meeting/${scope}/${meetingId}`],
  );
  return rows.map(
    ({ type, actor }) => `${type.replace('meeting.', '')} ${actor.replace('system:', '')}`,
  );
};

test('a planned meeting opens at its hour, once', async () => {
  const meetingId = await call(600);
  await look(599);
  expect(await viewOf(meetingId)).toMatchObject({ phase: 'planned', control: { isOpen: false } });
  await look(600);
  await look(601);
  expect(await viewOf(meetingId)).toMatchObject({
    phase: 'open',
    control: { isOpen: true, version: 2 },
  });
  expect(await factsOf(meetingId)).toEqual(['called test', 'opened meetings']);
});

test('a roll call closes when its time is over, by a fact of the clock', async () => {
  const meetingId = await call(0);
  await inTransaction(store, async (client) => {
    const held = await holdMeeting(client, meetingId);
    if (held === null) throw new Error('It was called.');
    const act = { act: 'open-roll-call', ask: 'all', seconds: 60 } as const;
    const ground = { by: held.control.chair, now: at(10), absent: [], arriving: [] };
    const decided = decideSteer(held, act, ground);
    if (isRefusal(decided)) throw new Error(decided.code);
    const steered = { ...decided, act };
    await saveSteered(client, { held, steered }, { change: change(10), keys: noMediaKeys });
  });
  await look(69);
  expect((await viewOf(meetingId))?.rounds).toMatchObject([{ isOpen: true }]);
  await look(71);
  await look(72);
  const view = await viewOf(meetingId);
  expect(view?.rounds).toMatchObject([{ isOpen: false, asked: 1, present: 0 }]);
  expect(view?.control.rollCall).toMatchObject({ round: 1, isOpen: false });
  expect(await factsOf(meetingId)).toEqual(['called test', 'steered test', 'steered meetings']);
});

test('a spell whose media server fell silent is over at the last moment heard of', async () => {
  const meetingId = await call(0);
  const text = (seconds: number) => at(seconds).toString({ smallestUnit: 'millisecond' });
  const times = { from: text(5), until: text(9), packets: 200, isOver: false };
  const spell = { spellId: randomUUID(), meetingId, seatId, ...times };
  await inTransaction(store, (client) => noteSpells(client, [spell], change(10)));
  await look(24);
  expect((await readVenues(store.pool, { meetingId, scope })).venues[0]?.isInRoom).toBe(true);
  await look(26);
  await look(27);
  expect((await readVenues(store.pool, { meetingId, scope })).venues[0]?.isInRoom).toBe(false);
  expect(await factsOf(meetingId)).toEqual(['called test', 'attended meetings']);
});

test('what nobody ends is over after twelve hours', async () => {
  const meetingId = await call(0);
  await look(12 * 3_600 - 1);
  expect((await viewOf(meetingId))?.phase).toBe('open');
  await look(12 * 3_600);
  expect(await viewOf(meetingId)).toMatchObject({ phase: 'over', control: { isOpen: false } });
  expect((await factsOf(meetingId)).at(-1)).toBe('ended meetings');
});
