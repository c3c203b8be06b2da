import { randomUUID } from 'node:crypto';
import {
  deskSeat,
  newControl,
  venueSeat,
  type MeetingAct,
  type MeetingControl,
  type RollCall,
  type Seat,
} from '@sightline/contracts';
import { expect } from 'vitest';
import { createAccount } from '#access/account.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import type { TestStore } from '#testing.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { callMeeting } from './call-meeting.ts';
import { saveSteered } from './change-meeting.ts';
import { holdMeeting, type HeldMeeting } from './hold-meeting.ts';
import { meetingProjection } from './meeting-projection.ts';

export const first = '540235100201';
export const second = '540235100202';
export const villages = [first, second];
export const scope = '540235';
export const keys = {
  mediaUrl: 'http://127.0.0.1:7410',
  seatToken: ({ seatId }: { readonly seatId: string }) => `key of ${seatId}`,
};
const branch = (region: string): Seat => ({
  seatId: venueSeat(region),
  region,
  name: region,
  role: 'branch',
});

/** Two villages with terminals, one person in the first, and what a chair does to their meetings. */
export async function openMeetings(store: TestStore) {
  const ground = await openGround(store);
  return {
    ...ground,
    ...callsOf(store, ground),
    ...actsOf(store, ground),
    ...wordsOf(store, ground),
  };
}

type Ground = Awaited<ReturnType<typeof openGround>>;

async function openGround(store: TestStore) {
  const person = randomUUID();
  const sources = new Map(villages.map((region) => [region, new TestSource()]));
  /** Facts are received now by the database's clock: so the meetings are called an hour before. */
  const now = Temporal.Now.instant().round('millisecond');
  const calledAt = now.subtract({ hours: 1 });
  const change = { now: calledAt, actor: 'system:test' };
  const at = (minutes: number) =>
    calledAt.add({ minutes }).toString({ smallestUnit: 'millisecond' });
  await seedDivisions(store.pool);
  const accountId = await createAccount(store.pool, { roles: ['dispatcher'], region: scope, now });
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
  return { accountId, person, sources, now, calledAt, change, at };
}

function callsOf(store: TestStore, { accountId, calledAt, change }: Ground) {
  const controlOf = (meetingId: string, isOpen: boolean) =>
    newControl({
      meetingId,
      region: scope,
      kind: 'meeting',
      title: '防雪',
      chair: deskSeat(accountId),
      isOpen,
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
  return { controlOf, call };
}

function actsOf(store: TestStore, { calledAt, change, at }: Ground) {
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
  return { held, steer, round, close };
}

function wordsOf(store: TestStore, { sources, at }: Ground) {
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

  return { tell, told, factsOf };
}
