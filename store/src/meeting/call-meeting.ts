import {
  meetingLimits,
  refuse,
  type CallMeetingRequest,
  type MeetingControl,
  type Refusal,
  type Seat,
  type TerminalMeeting,
} from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { appendMeetingFacts } from './append-meeting-fact.ts';
import { tellMeeting, type VillageKey } from './tell-terminals.ts';

/** Where a terminal finds the media server, and what opens its seat there; empty where there is none. */
export interface MediaKeys {
  readonly mediaUrl: string;
  readonly seatToken: (of: {
    readonly meetingId: string;
    readonly seatId: string;
    readonly until: string;
  }) => string;
}

/** What was decided: who has a seat, and how the room stands. */
export interface DecidedMeeting extends Pick<
  CallMeetingRequest,
  'meetingId' | 'kind' | 'title' | 'region' | 'ringSeconds' | 'isRemoteOpening'
> {
  readonly accountId: string;
  readonly by: TerminalMeeting['by'];
  readonly startsAt: Temporal.Instant;
  readonly control: MeetingControl;
  readonly chair: Seat;
  /** Beside the chair's. */
  readonly seats: readonly Seat[];
}

/**
 * 召集 in the caller's transaction: rows, what should be at the villages' terminals, one notification
 * each, and the fact; as many statements for one village as for the prefecture. Refuses `id-taken`; the
 * caller then rolls back.
 */
export async function callMeeting(
  client: Client,
  meeting: DecidedMeeting,
  { change, keys }: { readonly change: RegisterChange; readonly keys: MediaKeys },
): Promise<Refusal | null> {
  const { meetingId, region, kind, title, control, isRemoteOpening } = meeting;
  const calledAt = change.now.round('millisecond');
  const startsAt = meeting.startsAt.round('millisecond');
  const ringUntil = startsAt.add({ seconds: meeting.ringSeconds });
  const until = startsAt.add({ hours: meetingLimits.hours });
  const { rowCount } = await client.query(
    `insert into meeting (meeting_id, region, kind, title, account_id, chair, called_at, starts_at,
       ring_until, until, is_remote_opening, phase, opened_at, control)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
    [
      meetingId,
      region,
      kind,
      title,
      meeting.accountId,
      control.chair,
      calledAt.toString(),
      startsAt.toString(),
      ringUntil.toString(),
      until.toString(),
      isRemoteOpening,
      control.isOpen ? 'open' : 'planned',
      control.isOpen ? calledAt.toString() : null,
      JSON.stringify(control),
    ],
  );
  if (rowCount === 0) return refuse('id-taken', 'This id was used for another meeting.');
  await insertSeats(client, meetingId, [meeting.chair, ...meeting.seats]);
  await tellMeeting(
    client,
    {
      meetingId,
      kind,
      title,
      by: meeting.by,
      calledAt: factInstant(calledAt),
      startsAt: factInstant(startsAt),
      ringUntil: factInstant(ringUntil),
      until: factInstant(until),
      isRemoteOpening,
      mediaUrl: keys.mediaUrl,
      rollCall: null,
      isOver: false,
    },
    keysOf(meeting.seats, { meetingId, until: factInstant(until), keys }),
  );
  const data = {
    meetingId,
    kind,
    chair: control.chair,
    startsAt: factInstant(startsAt),
    seats: meeting.seats.length,
    isRemoteOpening,
  };
  return appendMeetingFacts(client, [{ region, type: 'meeting.called', data }], change);
}

/** Seats of the meeting; one that was removed and is invited again is back. */
export async function insertSeats(
  client: Client,
  meetingId: string,
  seats: readonly Seat[],
): Promise<void> {
  await client.query(
    `insert into meeting_seat (meeting_id, seat_id, region, name, role)
     select $1, e.* from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as e
     on conflict (meeting_id, seat_id) do update set removed_at = null, role = excluded.role`,
    [
      meetingId,
      seats.map(({ seatId }) => seatId),
      seats.map(({ region }) => region),
      seats.map(({ name }) => name),
      seats.map(({ role }) => role),
    ],
  );
}

/** More venues are told of a meeting that runs. */
export async function tellArriving(
  client: Client,
  { meetingId, seats }: { readonly meetingId: string; readonly seats: readonly Seat[] },
  { now, keys }: { readonly now: Temporal.Instant; readonly keys: MediaKeys },
): Promise<void> {
  const meeting = await readTerminalMeeting(client, meetingId);
  if (meeting === null) throw new Error(`There is no meeting ${meetingId}.`);
  const { ringSeconds, rollCall, ...told } = meeting;
  const isAskedToo = rollCall?.isOpen === true && rollCall.asked === null;
  await tellMeeting(
    client,
    {
      ...told,
      ringUntil: factInstant(now.round('millisecond').add({ seconds: ringSeconds })),
      mediaUrl: keys.mediaUrl,
      rollCall: isAskedToo ? rollCall : null,
      isOver: false,
    },
    keysOf(seats, { meetingId, until: told.until, keys }),
  );
}

function keysOf(
  seats: readonly Seat[],
  {
    meetingId,
    until,
    keys,
  }: { readonly meetingId: string; readonly until: string; readonly keys: MediaKeys },
): VillageKey[] {
  return seats
    .filter(({ region }) => region.length === 12)
    .map(({ region, seatId }) => ({
      region,
      seatToken: keys.seatToken({ meetingId, seatId, until }),
    }));
}

type StoredMeeting = Omit<TerminalMeeting, 'by' | 'seatToken' | 'mediaUrl' | 'isOver'> & {
  readonly by: TerminalMeeting['by'];
  readonly ringSeconds: number;
};

async function readTerminalMeeting(
  db: Queryable,
  meetingId: string,
): Promise<StoredMeeting | null> {
  const { rows } = await db.query<StoredMeeting>(
    `select m.meeting_id as "meetingId", m.kind, m.title,
            json_build_object('login', coalesce(a.login, ''), 'roles', a.roles, 'region', a.region)
              as by,
            m.called_at as "calledAt", m.starts_at as "startsAt", m.until,
            extract(epoch from m.ring_until - m.starts_at)::integer as "ringSeconds",
            m.is_remote_opening as "isRemoteOpening", m.control -> 'rollCall' as "rollCall"
     from meeting m join account a using (account_id) where m.meeting_id = $1`,
    [meetingId],
  );
  return rows[0] ?? null;
}
