import type { filedKinds } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Of these meetings those whose files of a kind were erased. */
export async function readErasedAmong(
  db: Queryable,
  {
    kind,
    meetingIds,
  }: {
    readonly kind: (typeof filedKinds)[number];
    readonly meetingIds: readonly string[];
  },
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ meetingId: string }>(
    `select meeting_id as "meetingId" from meeting_erasure
     where kind = $1 and meeting_id = any ($2::uuid[])`,
    [kind, meetingIds],
  );
  return new Set(rows.map(({ meetingId }) => meetingId));
}

/** Segments of one recording by `seatId/no`: SHA-256 in hexadecimal, as the media server told it. */
export async function readSegmentDigests(
  db: Queryable,
  recordingId: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ key: string; sha256: string }>(
    `select seat_id || '/' || no as key, sha256 from recorded_segment where recording_id = $1`,
    [recordingId],
  );
  return new Map(rows.map(({ key, sha256 }) => [key, sha256]));
}

/** What the database knows of recordings that were not erased. */
export interface KnownRecordings {
  readonly recordings: number;
  readonly segments: number;
  readonly bytes: number;
}

/** Null where the database is of a time before anything was erased: it is backed up before it is migrated. */
export async function countRecordings(db: Queryable): Promise<KnownRecordings | null> {
  const { rows: tables } = await db.query<{ isThere: boolean }>(
    `select to_regclass('meeting_erasure') is not null as "isThere"`,
  );
  if (tables[0]?.isThere !== true) return null;
  const { rows } = await db.query<KnownRecordings>(
    `select count(distinct r.recording_id)::integer as recordings, count(*)::integer as segments,
            coalesce(sum(g.bytes), 0)::float8 as bytes
     from recorded_segment g join recording r using (recording_id)
     where not exists (select from meeting_erasure e
                       where e.meeting_id = r.meeting_id and e.kind = 'recordings')`,
  );
  return rows[0] ?? null;
}
