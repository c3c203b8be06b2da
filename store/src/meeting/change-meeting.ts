import type {
  FactData,
  MeetingControl,
  MeetingAct,
  Refusal,
  RollCall,
  Seat,
  SeatId,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { appendMeetingFacts } from './append-meeting-fact.ts';
import { insertSeats, tellArriving, type MediaKeys } from './call-meeting.ts';
import type { HeldMeeting } from './hold-meeting.ts';
import { tellOver, tellRollCall } from './tell-terminals.ts';

/** What an act made of a room. */
export interface SteeredMeeting {
  readonly control: MeetingControl;
  readonly seats: ReadonlyMap<SeatId, Seat>;
  readonly act: MeetingAct;
}

/** 会控 in the caller's transaction: the room as it should be now, its seats and rounds, terminals, the fact. */
export async function saveSteered(
  client: Client,
  { held, steered }: { readonly held: HeldMeeting; readonly steered: SteeredMeeting },
  { change, keys }: { readonly change: RegisterChange; readonly keys: MediaKeys },
): Promise<Refusal | null> {
  const { meetingId, region } = held;
  const { control, act } = steered;
  const now = change.now.round('millisecond');
  await saveControl(client, control);
  await noteSteered(client, meetingId, change);
  const arriving = [...steered.seats.values()].filter(({ seatId }) => !held.seats.has(seatId));
  if (act.act === 'invite') {
    await insertSeats(client, meetingId, arriving);
    await askToo(client, control, arriving);
    await tellArriving(client, { meetingId, seats: arriving }, { now, keys });
  }
  if (act.act === 'set-role') await saveRole(client, meetingId, act);
  if (act.act === 'remove') {
    await client.query(
      'update meeting_seat set removed_at = $3 where meeting_id = $1 and seat_id = $2',
      [meetingId, act.seatId, now.toString()],
    );
    await tellOver(client, meetingId, act.seatId);
  }
  const { rollCall } = control;
  if (rollCall !== null && (act.act === 'open-roll-call' || act.act === 'close-roll-call')) {
    if (act.act === 'open-roll-call') await openRound(client, held, rollCall);
    else await closeRound(client, meetingId, now);
    await tellRollCall(client, meetingId, rollCall);
  }
  const data = { meetingId, act };
  return appendMeetingFacts(client, [{ region, type: 'meeting.steered', data }], change);
}

/** 举手, 放下. */
export async function saveHand(
  client: Client,
  {
    held,
    control,
    hand,
  }: {
    readonly held: HeldMeeting;
    readonly control: MeetingControl;
    readonly hand: Pick<FactData<'meeting.hand'>, 'seatId' | 'isUp'>;
  },
  change: RegisterChange,
): Promise<Refusal | null> {
  await saveControl(client, control);
  const data = { meetingId: held.meetingId, seatId: hand.seatId, isUp: hand.isUp };
  return appendMeetingFacts(client, [{ region: held.region, type: 'meeting.hand', data }], change);
}

/** A planned meeting begins. */
export async function openMeeting(
  client: Client,
  { held, control }: { readonly held: HeldMeeting; readonly control: MeetingControl },
  change: RegisterChange,
): Promise<Refusal | null> {
  const { meetingId, region } = held;
  await saveControl(client, control);
  await client.query(`update meeting set phase = 'open', opened_at = $2 where meeting_id = $1`, [
    meetingId,
    change.now.round('millisecond').toString(),
  ]);
  const data = { meetingId };
  return appendMeetingFacts(client, [{ region, type: 'meeting.opened', data }], change);
}

/** 结束, 取消. */
export async function endMeeting(
  client: Client,
  {
    held,
    control,
    why,
  }: {
    readonly held: HeldMeeting;
    readonly control: MeetingControl;
    readonly why: FactData<'meeting.ended'>['why'];
  },
  change: RegisterChange,
): Promise<Refusal | null> {
  const { meetingId, region } = held;
  const now = change.now.round('millisecond');
  await saveControl(client, control);
  await client.query(
    `update meeting set phase = 'over', ended_at = $2, ended_why = $3 where meeting_id = $1`,
    [meetingId, now.toString(), why],
  );
  await closeRound(client, meetingId, now);
  await tellOver(client, meetingId, null);
  const data = { meetingId, why };
  return appendMeetingFacts(client, [{ region, type: 'meeting.ended', data }], change);
}

async function saveControl(client: Client, control: MeetingControl): Promise<void> {
  await client.query('update meeting set control = $2 where meeting_id = $1', [
    control.meetingId,
    JSON.stringify(control),
  ]);
}

/** What a person did: the clock of the centre, which ends rounds, is nobody's presence. */
async function noteSteered(
  client: Client,
  meetingId: string,
  { now, actor }: RegisterChange,
): Promise<void> {
  if (!actor.startsWith('account:')) return;
  await client.query('update meeting set steered_at = $2 where meeting_id = $1', [
    meetingId,
    now.round('millisecond').toString(),
  ]);
}

async function saveRole(
  client: Client,
  meetingId: string,
  { seatId, role }: Extract<MeetingAct, { readonly act: 'set-role' }>,
): Promise<void> {
  await client.query('update meeting_seat set role = $3 where meeting_id = $1 and seat_id = $2', [
    meetingId,
    seatId,
    role,
  ]);
}

async function openRound(
  client: Client,
  { meetingId, control }: HeldMeeting,
  { round, openedAt, until, asked }: RollCall,
): Promise<void> {
  await client.query(
    'insert into meeting_round (meeting_id, round, opened_at, until) values ($1, $2, $3, $4)',
    [meetingId, round, openedAt, until],
  );
  await client.query(
    `insert into meeting_asked (meeting_id, round, seat_id)
     select meeting_id, $2, seat_id from meeting_seat
     where meeting_id = $1 and removed_at is null and seat_id <> $3
       and ($4::text[] is null or seat_id = any ($4))`,
    [meetingId, round, control.chair, asked],
  );
}

/** Whoever comes while everybody is asked is asked too. */
async function askToo(
  client: Client,
  { meetingId, rollCall }: MeetingControl,
  arriving: readonly Seat[],
): Promise<void> {
  if (rollCall === null || !rollCall.isOpen || rollCall.asked !== null) return;
  await client.query(
    `insert into meeting_asked (meeting_id, round, seat_id) select $1, $2, unnest($3::text[])
     on conflict do nothing`,
    [meetingId, rollCall.round, arriving.map(({ seatId }) => seatId)],
  );
}

async function closeRound(client: Client, meetingId: string, now: Temporal.Instant): Promise<void> {
  await client.query(
    `update meeting_round set closed_at = greatest(opened_at, least(until, $2))
     where meeting_id = $1 and closed_at is null`,
    [meetingId, now.toString()],
  );
}
