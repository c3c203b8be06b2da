import { randomUUID } from 'node:crypto';
import {
  deskSeat,
  isRefusal,
  venueSeat,
  type MeetingAct,
  type MeetingKind,
  type Seat,
} from '@sightline/contracts';
import { divisionOf } from '@sightline/contracts/divisions';
import {
  callMeeting,
  createAccount,
  endMeeting,
  holdMeeting,
  inTransaction,
  readAbsent,
  saveSteered,
  setCredentials,
  type Store,
} from '@sightline/store';
import { evolveControl, openingControl } from '#domain/meeting/control.ts';
import { decideSteer } from '#domain/meeting/steer-meeting.ts';
import { equippedVillages } from './seed-scene.ts';

/** What `seedMeetings` leaves: one open, one planned, one over. */
export const shownMeetings = {
  open: '0190a5d4-0000-7000-8000-0000000000e1',
  planned: '0190a5d4-0000-7000-8000-0000000000e2',
  over: '0190a5d4-0000-7000-8000-0000000000e3',
} as const;

/** Login of whoever chairs them. */
export const meetingChair = 'meeting-chair';

const region = '540235';
const noMedia = { mediaUrl: 'http://127.0.0.1:7410', seatToken: () => 'nobody enters with it' };

/** Meetings of a county, each venue of the open one at another stage. For pictures. */
export async function seedMeetings(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const account = { roles: ['dispatcher'], region: '5402' } as const;
  const accountId = await createAccount(store.pool, { ...account, now });
  const credentials = { accountId, login: meetingChair, passwordHash: 'nobody signs in' };
  await setCredentials(store.pool, credentials);
  const call = caller(store, accountId);
  await call({
    meetingId: shownMeetings.over,
    kind: 'meeting',
    title: '今冬防雪灾值守部署会',
    minutes: -90,
  });
  await call({
    meetingId: shownMeetings.open,
    kind: 'training',
    title: '村务监督委员会业务培训',
    minutes: -20,
  });
  await call({
    meetingId: shownMeetings.planned,
    kind: 'meeting',
    title: '月度例会',
    minutes: 600,
  });

  const [first = '', second = '', third = ''] = villages().map(venueSeat);
  const steer = steerer(store, accountId);
  for (const [meetingId, minutes] of [
    [shownMeetings.over, -80],
    [shownMeetings.open, -1],
  ] as const) {
    const at = now.add({ minutes });
    await steer(meetingId, { act: 'open-roll-call', ask: 'all', seconds: 300 }, at);
    await settle(store, meetingId);
  }
  await steer(shownMeetings.open, { act: 'set-on-air', seats: [first, second, third] }, now);
  await steer(shownMeetings.open, { act: 'give-floor', seatId: second }, now);
  await steer(shownMeetings.open, { act: 'start-recording' }, now);
  await end(store, { meetingId: shownMeetings.over, accountId, at: now.subtract({ minutes: 30 }) });
}

function villages(): readonly string[] {
  return equippedVillages().filter((village) => village.startsWith(region));
}

interface Called {
  readonly meetingId: string;
  readonly kind: MeetingKind;
  readonly title: string;
  /** From now; what lies ahead is planned. */
  readonly minutes: number;
}

function caller(store: Store, accountId: string) {
  return async ({ meetingId, kind, title, minutes }: Called): Promise<void> => {
    const now = Temporal.Now.instant();
    const isOpen = minutes <= 0;
    const startsAt = now.add({ minutes });
    const chair: Seat = {
      seatId: deskSeat(accountId),
      region: '5402',
      name: meetingChair,
      role: 'main',
    };
    const seats = villages().map((village): Seat => ({
      seatId: venueSeat(village),
      region: village,
      name: divisionOf(village)?.name ?? village,
      role: 'branch',
    }));
    const room = { meetingId, region, kind, title };
    const called = seats.map(({ seatId }) => seatId);
    const control = openingControl({ ...room, chair: chair.seatId, isOpen }, called);
    const by = { login: meetingChair, roles: ['dispatcher'], region: '5402' };
    const meeting = { ...room, accountId, by, startsAt, control, chair, seats };
    const asked = { ...meeting, ringSeconds: 120, isRemoteOpening: false };
    const change = { now: isOpen ? startsAt : now, actor: `account:${accountId}` };
    const refusal = await inTransaction(store, (client) =>
      callMeeting(client, asked, { change, keys: noMedia }),
    );
    if (refusal !== null) throw new Error(refusal.detail);
  };
}

function steerer(store: Store, accountId: string) {
  return (meetingId: string, act: MeetingAct, now: Temporal.Instant): Promise<void> =>
    inTransaction(store, async (client) => {
      const held = await holdMeeting(client, meetingId);
      if (held === null) throw new Error(`There is no meeting ${meetingId}.`);
      const absent = await readAbsent(client, meetingId);
      const ground = { by: held.control.chair, now, absent, arriving: [] };
      const steered = decideSteer(held, act, ground);
      if (isRefusal(steered)) throw new Error(steered.detail);
      const change = { now, actor: `account:${accountId}` };
      const refusal = await saveSteered(
        client,
        { held, steered: { ...steered, act } },
        { change, keys: noMedia },
      );
      if (refusal !== null) throw new Error(refusal.detail);
    });
}

async function end(
  store: Store,
  {
    meetingId,
    accountId,
    at,
  }: {
    readonly meetingId: string;
    readonly accountId: string;
    readonly at: Temporal.Instant;
  },
): Promise<void> {
  await inTransaction(store, async (client) => {
    const held = await holdMeeting(client, meetingId);
    if (held === null) throw new Error(`There is no meeting ${meetingId}.`);
    const control = evolveControl(held.control, { type: 'meeting.ended' });
    const change = { now: at, actor: `account:${accountId}` };
    const refusal = await endMeeting(client, { held, control, why: 'chair' }, change);
    if (refusal !== null) throw new Error(refusal.detail);
  });
}

/** What terminals and the media server would have said: each venue at another stage, two lines of text. */
async function settle(store: Store, meetingId: string): Promise<void> {
  await store.pool.query(
    `with placed as (
       select seat_id, row_number() over (order by s.region) as n
       from meeting_seat s join meeting m using (meeting_id)
       where meeting_id = $1 and s.seat_id <> m.chair
     )
     update meeting_seat s set
       rung_at = case when n % 11 > 0 then starts_at + interval '1 s' end,
       rung_position = case when n % 11 > 0 then 1 end,
       answer = case when n % 11 > 2 then 'accepted' when n % 11 = 2 then 'declined' end,
       how = case when n % 11 > 1 then case when n % 5 = 0 then 'auto' else 'touch' end end,
       answered_at = case when n % 11 > 1 then starts_at + n * interval '1 s' end,
       answer_position = case when n % 11 > 1 then 1 end
     from placed, meeting m
     where s.meeting_id = $1 and m.meeting_id = $1 and s.seat_id = placed.seat_id`,
    [meetingId],
  );
  await store.pool.query(
    `insert into meeting_spell (spell_id, meeting_id, seat_id, from_at, until_at, packets, is_over, heard_at)
     select gen_random_uuid(), meeting_id, seat_id, answered_at, answered_at + interval '18 minutes',
            9000, phase = 'over', now()
     from meeting_seat join meeting using (meeting_id)
     where meeting_id = $1 and answer = 'accepted'`,
    [meetingId],
  );
  await store.pool.query(
    `update meeting_asked a set answered_at = opened_at + interval '20 s', answer_position = 1,
            method = case when s.how = 'auto' then 'button' else 'pin' end
     from meeting_round r, meeting_seat s
     where a.meeting_id = $1 and r.meeting_id = $1 and s.meeting_id = $1 and a.round = r.round
       and s.seat_id = a.seat_id and s.answer = 'accepted'`,
    [meetingId],
  );
  await store.pool.query(
    `insert into meeting_line (line_id, meeting_id, seat_id, at, text)
     select $2, meeting_id, seat_id, answered_at, '我们这里信号不好，先听着，有事打字说。'
     from meeting_seat where meeting_id = $1 and answer = 'accepted' order by seat_id limit 1`,
    [meetingId, randomUUID()],
  );
}
