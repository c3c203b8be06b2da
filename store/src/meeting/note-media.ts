import { createHash } from 'node:crypto';
import type { RecordedSegment, Refusal, RoomLine, Spell } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { appendMeetingFacts, type MeetingDraft } from './append-meeting-fact.ts';

/**
 * 文字. Told twice, it counts once; of a seat the meeting does not have, or told after the lines were erased, it is
 * passed over.
 */
export async function noteLine(client: Client, line: RoomLine): Promise<void> {
  const { lineId, meetingId, seatId, at, text } = line;
  await client.query(
    `insert into meeting_line (line_id, meeting_id, seat_id, at, text)
     select $1::uuid, s.meeting_id, s.seat_id, $4::timestamptz, $5::text from meeting_seat s
     where s.meeting_id = $2 and s.seat_id = $3
       and not exists (select from meeting_erasure e
                       where e.meeting_id = $2 and e.kind = 'lines')
     on conflict do nothing`,
    [lineId, meetingId, seatId, at, text],
  );
}

/**
 * 在会. A spell grows and never shrinks, in whatever order it is told; when it is over the log tells of
 * it, and once more where it grew afterwards.
 */
export async function noteSpells(
  client: Client,
  spells: readonly Spell[],
  change: RegisterChange,
): Promise<Refusal | null> {
  await client.query(
    `insert into meeting_spell (spell_id, meeting_id, seat_id, from_at, until_at, packets, is_over,
       heard_at)
     select e.spell_id, s.meeting_id, s.seat_id, min(e.from_at), max(e.until_at), max(e.packets),
            bool_or(e.is_over), $8
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[],
       $6::bigint[], $7::boolean[])
       as e (spell_id, meeting_id, seat_id, from_at, until_at, packets, is_over)
     join meeting_seat s on s.meeting_id = e.meeting_id and s.seat_id = e.seat_id
     where e.until_at >= e.from_at
     group by e.spell_id, s.meeting_id, s.seat_id
     order by e.spell_id
     on conflict (spell_id) do update set
       from_at = least(meeting_spell.from_at, excluded.from_at),
       until_at = greatest(meeting_spell.until_at, excluded.until_at),
       packets = greatest(meeting_spell.packets, excluded.packets),
       is_over = meeting_spell.is_over or excluded.is_over,
       heard_at = greatest(meeting_spell.heard_at, excluded.heard_at)
     where meeting_spell.meeting_id = excluded.meeting_id
       and meeting_spell.seat_id = excluded.seat_id`,
    [
      spells.map(({ spellId }) => spellId),
      spells.map(({ meetingId }) => meetingId),
      spells.map(({ seatId }) => seatId),
      spells.map(({ from }) => from),
      spells.map(({ until }) => until),
      spells.map(({ packets }) => packets),
      spells.map(({ isOver }) => isOver),
      change.now.toString(),
    ],
  );
  return tellSpells(client, change);
}

/** Spells whose media server fell silent since then are over at the last moment heard of; how many. */
export async function closeSilentSpells(
  client: Client,
  {
    silentSince,
    change,
  }: { readonly silentSince: Temporal.Instant; readonly change: RegisterChange },
): Promise<number> {
  const { rowCount } = await client.query(
    `update meeting_spell set is_over = true where spell_id in (
       select spell_id from meeting_spell where not is_over and heard_at < $1
       order by spell_id limit ${spellsPerTurn} for update)`,
    [silentSince.toString()],
  );
  if (rowCount === null || rowCount === 0) return 0;
  const refusal = await tellSpells(client, change);
  if (refusal !== null) throw new Error(refusal.detail);
  return rowCount;
}

const spellsPerTurn = 2_000;

/** The log is told of what is over and further than it knows. */
async function tellSpells(client: Client, change: RegisterChange): Promise<Refusal | null> {
  interface Told extends Omit<Spell, 'isOver'> {
    readonly region: string;
  }
  const { rows } = await client.query<Told>(
    `with told as (
       update meeting_spell set told_until = until_at
       where is_over and (told_until is null or told_until < until_at)
       returning *
     )
     select t.spell_id as "spellId", t.meeting_id as "meetingId", t.seat_id as "seatId",
            t.from_at as "from", t.until_at as "until", t.packets, m.region
     from told t join meeting m using (meeting_id) order by t.from_at, t.spell_id`,
  );
  return appendMeetingFacts(
    client,
    rows.map(({ region, ...data }): MeetingDraft => ({ region, type: 'meeting.attended', data })),
    change,
  );
}

/** 录像. Segments that lie closed on the media server's disk; told twice, each counts once. */
export async function noteSegments(
  client: Client,
  segments: readonly RecordedSegment[],
  now: Temporal.Instant,
): Promise<void> {
  const column = <K extends keyof RecordedSegment>(name: K) => segments.map((one) => one[name]);
  await client.query(
    `insert into recording (recording_id, meeting_id, heard_at)
     select distinct on (e.recording_id) e.recording_id, m.meeting_id, $3::timestamptz
     from unnest($1::uuid[], $2::uuid[]) as e (recording_id, meeting_id)
     join meeting m using (meeting_id)
     order by e.recording_id
     on conflict (recording_id) do update set heard_at = excluded.heard_at, is_settled = false`,
    [column('recordingId'), column('meetingId'), now.toString()],
  );
  await client.query(
    `insert into recorded_segment (recording_id, seat_id, no, from_at, duration_ms, bytes, sha256,
       has_video)
     select r.recording_id, e.seat_id, e.no, e.from_at, e.duration_ms, e.bytes, e.sha256, e.has_video
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[], $6::integer[],
       $7::bigint[], $8::text[], $9::boolean[])
       as e (recording_id, meeting_id, seat_id, no, from_at, duration_ms, bytes, sha256, has_video)
     join recording r on r.recording_id = e.recording_id and r.meeting_id = e.meeting_id
     on conflict do nothing`,
    [
      column('recordingId'),
      column('meetingId'),
      column('seatId'),
      column('no'),
      column('from'),
      column('durationMs'),
      column('bytes'),
      column('sha256'),
      column('hasVideo'),
    ],
  );
  // Of a meeting whose recordings were erased: these are to go too.
  await client.query(
    `update meeting_erasure set done_at = null, pieces = null
     where kind = 'recordings' and done_at is not null and meeting_id = any ($1::uuid[])`,
    [column('meetingId')],
  );
}

interface Recorded {
  readonly recordingId: string;
  readonly meetingId: string;
  readonly region: string;
  readonly segments: number;
  readonly bytes: number;
  readonly from: string;
  readonly until: string;
  readonly digests: readonly string[];
  readonly isNews: boolean;
}

/**
 * 录像完成. Recordings that run no more and of which nothing came since then: the log is told their root,
 * SHA-256 over the raw digests by seat and number; again where segments came late. How many.
 */
export async function completeRecordings(
  client: Client,
  {
    quietSince,
    change,
  }: { readonly quietSince: Temporal.Instant; readonly change: RegisterChange },
): Promise<number> {
  const { rows } = await client.query<Recorded>(
    `select r.recording_id as "recordingId", m.meeting_id as "meetingId", m.region,
            count(*)::integer as segments, count(*) > r.told_segments as "isNews", sum(g.bytes)::bigint as bytes, min(g.from_at) as "from",
            max(g.from_at + g.duration_ms * interval '1 ms') as "until",
            array_agg(g.sha256 order by g.seat_id, g.no) as digests
     from recording r join meeting m using (meeting_id) join recorded_segment g using (recording_id)
     where r.heard_at < $1 and not r.is_settled and not (m.control ->> 'isRecorded')::boolean
     group by r.recording_id, m.meeting_id`,
    [quietSince.toString()],
  );
  if (rows.length === 0) return 0;
  await client.query(
    `update recording r set told_segments = e.segments, is_settled = true
     from unnest($1::uuid[], $2::integer[]) as e (recording_id, segments)
     where r.recording_id = e.recording_id`,
    [rows.map(({ recordingId }) => recordingId), rows.map(({ segments }) => segments)],
  );
  const news = rows.filter(({ isNews }) => isNews);
  const drafts = news.map((one): MeetingDraft => {
    const { region, digests, meetingId, recordingId, segments, bytes, from, until } = one;
    const root = rootOf(digests);
    const data = { meetingId, recordingId, segments, bytes, from, until, root };
    return { region, type: 'meeting.recorded', data };
  });
  const refusal = await appendMeetingFacts(client, drafts, change);
  if (refusal !== null) throw new Error(refusal.detail);
  return news.length;
}

function rootOf(digests: readonly string[]): string {
  const root = createHash('sha256');
  for (const digest of digests) root.update(Buffer.from(digest, 'hex'));
  return root.digest('hex');
}
