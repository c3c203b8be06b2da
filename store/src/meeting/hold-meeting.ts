import {
  regionRange,
  type AccountRole,
  type MeetingControl,
  type MeetingKind,
  type Region,
  type Seat,
  type SeatId,
} from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** A village as an invitation finds it. */
export interface InvitableVillage {
  readonly region: Region;
  readonly name: string;
  /** A terminal stands there whose key is not revoked. */
  readonly isEquipped: boolean;
  /** 远程开启许可 */
  readonly allowsOpening: boolean;
}

export interface InvitableUpper {
  readonly region: Region;
  readonly name: string;
  /** An account of this very region may come in for it. */
  readonly hasDesk: boolean;
}

export interface InvitationGround {
  readonly villages: readonly InvitableVillage[];
  /** Townships and counties that are invited, or lie above an invited village. */
  readonly uppers: readonly InvitableUpper[];
}

/** Whom an invitation of these regions could reach, each once, in the order of their codes; `joining`: roles that take seats. */
export async function readInvitationGround(
  db: Queryable,
  {
    invite,
    joining,
  }: { readonly invite: readonly Region[]; readonly joining: readonly AccountRole[] },
): Promise<InvitationGround> {
  const ranges = invite.map((region) => regionRange(region));
  const villages = await db.query<InvitableVillage>(
    `select d.region, d.name,
            exists (select from terminal t join terminal_source s using (terminal_id)
                    where t.region = d.region and s.revoked_at is null) as "isEquipped",
            coalesce(o.is_allowed, false) as "allowsOpening"
     from division d left join village_opening o using (region)
     where length(d.region) = 12 and d.ended_on is null
       and exists (select from unnest($1::text[], $2::text[]) as e ("from", "to")
                   where d.region >= e."from" and d.region < e."to")
     order by d.region`,
    [ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
  );
  const named = [...invite, ...villages.rows.map(({ region }) => region)];
  const above = new Set(named.flatMap((region) => [region.slice(0, 6), region.slice(0, 9)]));
  const uppers = await db.query<InvitableUpper>(
    `select d.region, d.name,
            exists (select from account a
                    where a.region = d.region and a.roles && $2::text[]
                      and a.login is not null and a.disabled_at is null) as "hasDesk"
     from division d
     where d.region = any ($1) and length(d.region) in (6, 9) and d.ended_on is null
     order by d.region`,
    [[...above], joining],
  );
  return { villages: villages.rows, uppers: uppers.rows };
}

/** Meetings wait for each other where one account calls two at once. */
export async function countHeldMeetings(client: Client, accountId: string): Promise<number> {
  await client.query('select from account where account_id = $1 for update', [accountId]);
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::integer as count from meeting where account_id = $1 and phase <> 'over'`,
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

/** What every change of a meeting is decided on. */
export interface HeldMeeting {
  readonly meetingId: string;
  readonly region: Region;
  readonly kind: MeetingKind;
  readonly phase: 'planned' | 'open' | 'over';
  readonly until: string;
  readonly control: MeetingControl;
  /** When the chair last was in the room or did something; null = it has not begun. */
  readonly chairSeenAt: string | null;
  readonly seats: ReadonlyMap<SeatId, Seat>;
}

/** Of `meeting m`: its beginning, the chair's last act, its page's last sign in the room, its last packets. */
export const chairSeenAt = `
  case when m.opened_at is null then null else greatest(m.opened_at, m.steered_at, m.chair_heard_at,
    (select max(p.until_at) from meeting_spell p
     where p.meeting_id = m.meeting_id and p.seat_id = m.chair)) end`;

/** The meeting, locked until the end of the transaction; null = there is none. */
export async function holdMeeting(client: Client, meetingId: string): Promise<HeldMeeting | null> {
  const { rows } = await client.query<Omit<HeldMeeting, 'seats'>>(
    `select m.meeting_id as "meetingId", m.region, m.kind, m.phase, m.until, m.control,
            ${chairSeenAt} as "chairSeenAt"
     from meeting m where m.meeting_id = $1 for update`,
    [meetingId],
  );
  const [meeting] = rows;
  if (meeting === undefined) return null;
  const seats = await readSeats(client, [meetingId]);
  return { ...meeting, seats: new Map(seats.map(({ seat }) => [seat.seatId, seat])) };
}

/** The seats of these meetings that were not removed: upper venues first, then by code. */
export async function readSeats(
  db: Queryable,
  meetingIds: readonly string[],
): Promise<{ readonly meetingId: string; readonly seat: Seat }[]> {
  const { rows } = await db.query<Seat & { meetingId: string }>(
    `select meeting_id as "meetingId", seat_id as "seatId", region, name, role from meeting_seat
     where meeting_id = any ($1::uuid[]) and removed_at is null
     order by meeting_id, length(region), region, seat_id`,
    [meetingIds],
  );
  return rows.map(({ meetingId, ...seat }) => ({ meetingId, seat }));
}

/** Asked by the newest round and not there before it ended. */
export async function readAbsent(db: Queryable, meetingId: string): Promise<SeatId[]> {
  const { rows } = await db.query<{ seatId: SeatId }>(
    `select a.seat_id as "seatId" from meeting_asked a join meeting_round r using (meeting_id, round)
     where a.meeting_id = $1
       and round = (select max(round) from meeting_round where meeting_id = $1)
       and (a.answered_at is null or a.answered_at > coalesce(r.closed_at, r.until))
     order by a.seat_id`,
    [meetingId],
  );
  return rows.map(({ seatId }) => seatId);
}

export async function findMeetingRegion(db: Queryable, meetingId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from meeting where meeting_id = $1',
    [meetingId],
  );
  return rows[0]?.region ?? null;
}
