import {
  regionRange,
  type MeetingControl,
  type MeetingLine,
  type Region,
  type RoomLine,
  type RoomOrder,
  type RoundView,
  type Seat,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { chairSeenAt, readSeats } from './hold-meeting.ts';

/** A meeting as a scope may see it: it lies within the meeting's region, or above. */
export interface ScopedMeeting {
  readonly meetingId: string;
  readonly scope: Region;
}

/** Parameters $1 to $3: the range of the scope, and the scope itself. */
const isSeen = '((m.region >= $1 and m.region < $2) or starts_with($3, m.region))';

const columns = `
  m.meeting_id as "meetingId", m.region, m.kind, m.title, m.phase, coalesce(a.login, '') as by,
  m.called_at as "calledAt", m.starts_at as "startsAt", m.ended_at as "endedAt",
  s.seats, s.accepted, p."inRoom",
  (m.control ->> 'isRecorded')::boolean
    or exists (select from recording r where r.meeting_id = m.meeting_id) as "isRecorded"`;
const meetings = `
  from meeting m join account a using (account_id)
  cross join lateral (
    select count(*) filter (where removed_at is null)::integer as seats,
           count(*) filter (where removed_at is null and answer = 'accepted')::integer as accepted
    from meeting_seat s where s.meeting_id = m.meeting_id and s.seat_id <> m.chair) s
  cross join lateral (
    select count(distinct seat_id)::integer as "inRoom"
    from meeting_spell p where p.meeting_id = m.meeting_id and not p.is_over) p`;

export interface MeetingPage {
  readonly scope: Region;
  readonly limit: number;
  /** The last row of the page before: of those that are over. */
  readonly before: { readonly at: string; readonly id: string } | null;
}

export interface MeetingList {
  /** Planned and open, by their hour; of the first page alone. */
  readonly running: readonly MeetingLine[];
  /** Newest first. */
  readonly over: readonly MeetingLine[];
}

/** Beyond any day of a prefecture: an account holds four. */
const runningMaximum = 500;

/** The meetings the scope knows of. */
export async function listMeetings(db: Queryable, page: MeetingPage): Promise<MeetingList> {
  const scope = scopeOf(page.scope);
  const running =
    page.before === null
      ? await db.query<MeetingLine>(
          `select ${columns} ${meetings} where ${isSeen} and m.phase <> 'over'
           order by m.starts_at, m.meeting_id limit ${runningMaximum}`,
          scope,
        )
      : { rows: [] };
  const over = await db.query<MeetingLine>(
    `select ${columns} ${meetings} where ${isSeen} and m.phase = 'over'
       and ($4::timestamptz is null or (m.called_at, m.meeting_id) < ($4, $5::uuid))
     order by m.called_at desc, m.meeting_id desc limit $6`,
    [...scope, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return { running: running.rows, over: over.rows };
}

export interface StoredMeetingView extends MeetingLine {
  readonly control: MeetingControl;
  readonly chairSeenAt: string | null;
  readonly seatsOf: readonly Seat[];
  readonly lines: readonly RoomLine[];
  readonly rounds: readonly RoundView[];
}

/** One meeting without anybody's name; null where the scope knows of none. */
export async function readMeeting(
  db: Queryable,
  { meetingId, scope }: ScopedMeeting,
  { lines }: { readonly lines: number },
): Promise<StoredMeetingView | null> {
  const { rows } = await db.query<MeetingLine & Pick<StoredMeetingView, 'control' | 'chairSeenAt'>>(
    `select ${columns}, m.control, ${chairSeenAt} as "chairSeenAt" ${meetings} where ${isSeen} and m.meeting_id = $4`,
    [...scopeOf(scope), meetingId],
  );
  const [meeting] = rows;
  if (meeting === undefined) return null;
  const seats = await readSeats(db, [meetingId]);
  return {
    ...meeting,
    seatsOf: seats.map(({ seat }) => seat),
    lines: await readLines(db, meetingId, lines),
    rounds: await readRounds(db, meetingId),
  };
}

/** The newest lines, in the order they were written. */
async function readLines(db: Queryable, meetingId: string, limit: number): Promise<RoomLine[]> {
  const { rows } = await db.query<RoomLine>(
    `select line_id as "lineId", meeting_id as "meetingId", seat_id as "seatId", at, text
     from meeting_line where meeting_id = $1 order by at desc, line_id desc limit $2`,
    [meetingId, limit],
  );
  return rows.toReversed();
}

/** Whether somebody asked answered before the round ended. */
export const isInTime = '(a.answered_at <= coalesce(r.closed_at, r.until))';

async function readRounds(db: Queryable, meetingId: string): Promise<RoundView[]> {
  const { rows } = await db.query<RoundView>(
    `select r.round, r.opened_at as "openedAt", r.until, r.closed_at is null as "isOpen",
            count(a.seat_id)::integer as asked,
            count(*) filter (where ${isInTime})::integer as present
     from meeting_round r left join meeting_asked a using (meeting_id, round)
     where r.meeting_id = $1 group by r.meeting_id, r.round order by r.round`,
    [meetingId],
  );
  return rows;
}

function scopeOf(scope: Region): [from: string, to: string, scope: string] {
  const { from, to } = regionRange(scope);
  return [from, to, scope];
}

/** The version of every room that is open. */
export async function listOpenRooms(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ meetingId: string; version: number }>({
    name: 'list-open-rooms',
    text: `select meeting_id as "meetingId", (control ->> 'version')::integer as version
           from meeting where phase = 'open'`,
  });
  return new Map(rows.map(({ meetingId, version }) => [meetingId, version]));
}

/** How these rooms should be, those of them that are open. */
export async function readRoomOrders(
  db: Queryable,
  meetingIds: readonly string[],
): Promise<RoomOrder[]> {
  const { rows } = await db.query<{ control: MeetingControl }>(
    `select control from meeting where meeting_id = any ($1::uuid[]) and phase = 'open'
     order by opened_at, meeting_id`,
    [meetingIds],
  );
  const seats = Map.groupBy(await readSeats(db, meetingIds), ({ meetingId }) => meetingId);
  return rows.map(({ control }) => ({
    control,
    seats: (seats.get(control.meetingId) ?? []).map(({ seat }) => seat),
  }));
}
