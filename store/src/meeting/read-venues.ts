import {
  regionRange,
  type MediaSpell,
  type MeetingVenue,
  type RecordingView,
  type RollCallAnswer,
  type RollCallMethod,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import type { ScopedMeeting } from './read-meetings.ts';

/** A seat as the store has it: what became of its invitation and of the newest round. */
export interface StoredVenue extends Pick<
  MeetingVenue,
  'seatId' | 'rungAt' | 'answer' | 'answeredAt' | 'how' | 'isInRoom'
> {
  /** Null = not asked by the newest round. */
  readonly round: number | null;
  readonly presentAt: string | null;
  readonly method: RollCallMethod | null;
  /** Its face stood before a camera that plays a recording. */
  readonly isSample: boolean;
}

/** Whether the evidence of an answer by face names a sample camera; the fact itself says so. */
const isSample = `coalesce(l.body::json #>> '{data,face,sampleCamera}', '') = 'true' as "isSample"`;
const itsFact = `log l on l.position = a.answer_position and a.method = 'face'`;

export interface StoredVenues {
  readonly venues: readonly StoredVenue[];
  readonly spells: readonly MediaSpell[];
  /** Null = it has not begun. */
  readonly openedAt: string | null;
  readonly endedAt: string | null;
}

/** Every seat of the scope beside the chair's, and while packets of whom flowed; nobody's name is in it. */
export async function readVenues(
  db: Queryable,
  { meetingId, scope }: ScopedMeeting,
): Promise<StoredVenues> {
  const { from, to } = regionRange(scope);
  const venues = await db.query<StoredVenue>({
    name: 'read-meeting-venues',
    text: `
      select s.seat_id as "seatId", s.rung_at as "rungAt", s.answer, s.answered_at as "answeredAt",
             s.how, a.round, a.answered_at as "presentAt", a.method, ${isSample},
             exists (select from meeting_spell p where p.meeting_id = s.meeting_id
                     and p.seat_id = s.seat_id and not p.is_over) as "isInRoom"
      from meeting_seat s join meeting m using (meeting_id)
      left join meeting_asked a on a.meeting_id = s.meeting_id and a.seat_id = s.seat_id
        and a.round = (select max(round) from meeting_round where meeting_id = $1)
      left join ${itsFact}
      where s.meeting_id = $1 and s.removed_at is null and s.seat_id <> m.chair
        and s.region >= $2 and s.region < $3
      order by length(s.region), s.region`,
    values: [meetingId, from, to],
  });
  const spells = await db.query<MediaSpell>({
    name: 'read-meeting-spells',
    text: `
      select seat_id as "seatId", (extract(epoch from from_at) * 1000)::float8 as "fromMs",
             (extract(epoch from until_at) * 1000)::float8 as "untilMs"
      from meeting_spell where meeting_id = $1`,
    values: [meetingId],
  });
  const { rows } = await db.query<Pick<StoredVenues, 'openedAt' | 'endedAt'>>(
    'select opened_at as "openedAt", ended_at as "endedAt" from meeting where meeting_id = $1',
    [meetingId],
  );
  return {
    venues: venues.rows,
    spells: spells.rows,
    openedAt: rows[0]?.openedAt ?? null,
    endedAt: rows[0]?.endedAt ?? null,
  };
}

/** 点名结果. Who answered which round, by name where somebody said who. */
export async function readRollCallAnswers(
  db: Queryable,
  _receipt: AuditReceipt,
  { meetingId, scope }: ScopedMeeting,
): Promise<RollCallAnswer[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<RollCallAnswer>(
    `select a.round, a.seat_id as "seatId", a.answered_at as at, a.method, p.name,
            ${isSample}
     from meeting_asked a join meeting_seat s using (meeting_id, seat_id)
       left join person p using (person_id)
       left join ${itsFact}
     where a.meeting_id = $1 and a.answered_at is not null and s.region >= $2 and s.region < $3
     order by a.round, a.answered_at, a.seat_id`,
    [meetingId, from, to],
  );
  return rows;
}

/** The newest recording of a meeting, or the one named; null = there is none, or it was erased. */
export async function readRecording(
  db: Queryable,
  _receipt: AuditReceipt,
  { meetingId, recordingId }: { readonly meetingId: string; readonly recordingId: string | null },
): Promise<Pick<RecordingView, 'recordingId' | 'segments'> | null> {
  const { rows } = await db.query<{ recordingId: string }>(
    `select recording_id as "recordingId" from recording
     where meeting_id = $1 and ($2::uuid is null or recording_id = $2)
       and not exists (select from meeting_erasure e
                       where e.meeting_id = $1 and e.kind = 'recordings')
     order by heard_at desc, recording_id limit 1`,
    [meetingId, recordingId],
  );
  const [recording] = rows;
  if (recording === undefined) return null;
  const segments = await db.query<RecordingView['segments'][number]>(
    `select seat_id as "seatId", no, from_at as "from", duration_ms as "durationMs", bytes,
            has_video as "hasVideo"
     from recorded_segment where recording_id = $1 order by from_at, seat_id, no`,
    [recording.recordingId],
  );
  return { ...recording, segments: segments.rows };
}
