import type { Queryable } from '#engine/store.ts';

/** What time alone does to meetings. */
export interface DueMeetings {
  /** Planned, and their hour has come. */
  readonly opening: readonly string[];
  /** Their roll call is over and open still. */
  readonly rounds: readonly string[];
  /** Nobody ended them. */
  readonly expired: readonly string[];
}

/** Ids of the meetings that are due now: a look at the few that run. */
export async function listDueMeetings(db: Queryable, now: Temporal.Instant): Promise<DueMeetings> {
  const { rows } = await db.query<{
    meetingId: string;
    isOpening: boolean;
    isRoundOver: boolean;
    isExpired: boolean;
  }>({
    name: 'list-due-meetings',
    text: `
      select * from (
        select m.meeting_id as "meetingId", m.phase = 'planned' and m.starts_at <= $1 as "isOpening",
               m.until <= $1 as "isExpired",
               exists (select from meeting_round r where r.meeting_id = m.meeting_id
                       and r.closed_at is null and r.until <= $1) as "isRoundOver"
        from meeting m where m.phase <> 'over') as running
      where "isOpening" or "isExpired" or "isRoundOver"`,
    values: [now.toString()],
  });
  const idsOf = (due: readonly { readonly meetingId: string }[]) =>
    due.map(({ meetingId }) => meetingId);
  const expired = rows.filter(({ isExpired }) => isExpired);
  const others = rows.filter(({ isExpired }) => !isExpired);
  return {
    opening: idsOf(others.filter(({ isOpening }) => isOpening)),
    rounds: idsOf(others.filter(({ isRoundOver }) => isRoundOver)),
    expired: idsOf(expired),
  };
}
