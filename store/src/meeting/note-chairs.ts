import type { SeatedChair } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

/** 主持人在会. Chairs whose pages were heard so long before `now`; a moment never moves back. Meetings that are not open are passed over. */
export async function noteChairs(
  client: Client,
  chairs: readonly SeatedChair[],
  now: Temporal.Instant,
): Promise<void> {
  await client.query(
    `with heard as (
       select e.meeting_id, $3::timestamptz - min(e.ago_ms) * interval '1 ms' as at
       from unnest($1::uuid[], $2::integer[]) as e (meeting_id, ago_ms) group by e.meeting_id
     ), held as (
       select m.meeting_id, heard.at from meeting m join heard using (meeting_id)
       where m.phase = 'open' order by m.meeting_id for update of m
     )
     update meeting m set chair_heard_at = held.at from held
     where m.meeting_id = held.meeting_id
       and (m.chair_heard_at is null or m.chair_heard_at < held.at)`,
    [chairs.map(({ meetingId }) => meetingId), chairs.map(({ agoMs }) => agoMs), now.toString()],
  );
}
