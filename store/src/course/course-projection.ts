import { receiptMs } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

/**
 * 下载与完成 → `course_village`, `course_attempt`. A whole batch is three statements. An attempt is known by
 * its id: said twice, by the same device key or a later one, it stands there once.
 */
export const courseProjection: Projection = {
  name: 'course',
  version: 2,
  async reset(client) {
    await client.query('delete from course_attempt');
    await client.query('update course_village set downloaded_at = null');
  },
  async apply(client, entries) {
    const actual = entries.filter(({ fact }) => fact.world === 'actual');
    const downloads = entriesOf('course.downloaded', actual);
    const completions = entriesOf('course.completed', actual);
    if (downloads.length === 0 && completions.length === 0) return;
    const dated = await dateAll(client, [...downloads, ...completions]);
    await noteDownloads(client, downloads.flatMap(placedBy(dated)));
    await noteAttempts(client, completions, dated);
  },
};

type CourseEntry = Entry<'course.downloaded'> | Entry<'course.completed'>;
/** By log position: when it was, for villages that are to have the version; others are left out. */
type Dates = ReadonlyMap<number, string>;

async function dateAll(client: Client, entries: readonly CourseEntry[]): Promise<Dates> {
  const { rows } = await client.query<{ nth: number; postedMs: number }>({
    name: 'read-course-ground',
    text: `
      select e.nth::integer as nth, (extract(epoch from v.assigned_at) * 1000)::float8 as "postedMs"
      from unnest($1::uuid[], $2::integer[], $3::text[]) with ordinality
        as e (course_id, version, region, nth)
      join course_village v on v.course_id = e.course_id and v.version = e.version
        and v.region = e.region`,
    values: [
      entries.map(({ data }) => data.courseId),
      entries.map(({ data }) => data.version),
      entries.map(({ fact }) => fact.region),
    ],
  });
  return new Map(
    rows.flatMap(({ nth, postedMs }) => {
      const entry = entries[nth - 1];
      return entry === undefined ? [] : [[entry.position, dateOf(entry, postedMs)] as const];
    }),
  );
}

/** What happens while the link is away happens then; see `receiptMs`. */
function dateOf({ fact, receivedAt }: Omit<StoredFact, 'body'>, postedMs: number): string {
  const said = {
    atMs: Date.parse(fact.at),
    isCertain: fact.clock.offsetMs !== null,
    receivedMs: Date.parse(receivedAt),
    postedMs,
  };
  return new Date(receiptMs(said)).toISOString();
}

interface Placed {
  readonly courseId: string;
  readonly version: number;
  readonly region: string;
  readonly at: string;
}

function placedBy(dated: Dates): (entry: Entry<'course.downloaded'>) => Placed[] {
  return ({ position, fact, data: { courseId, version } }) => {
    const at = dated.get(position);
    return at === undefined ? [] : [{ courseId, version, region: fact.region, at }];
  };
}

async function noteDownloads(client: Client, downloads: readonly Placed[]): Promise<void> {
  if (downloads.length === 0) return;
  await client.query({
    name: 'note-course-downloaded',
    text: `
      update course_village v set downloaded_at = least(v.downloaded_at, e.at)
      from (select course_id, version, region, min(at) as at
            from unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[])
              as one (course_id, version, region, at)
            group by course_id, version, region) e
      where v.course_id = e.course_id and v.version = e.version and v.region = e.region`,
    values: [
      downloads.map(({ courseId }) => courseId),
      downloads.map(({ version }) => version),
      downloads.map(({ region }) => region),
      downloads.map(({ at }) => at),
    ],
  });
}

/** By people of that very village; the first in the log counts. */
async function noteAttempts(
  client: Client,
  completions: readonly Entry<'course.completed'>[],
  dated: Dates,
): Promise<void> {
  const counted = completions.filter(({ position }) => dated.has(position));
  if (counted.length === 0) return;
  await client.query({
    name: 'note-course-attempts',
    text: `
      insert into course_attempt (attempt_id, position, course_id, version, region, person_id,
        score, questions, passed, at, method, witness_id, sample_camera)
      select distinct on (e.attempt_id) e.*
      from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::integer[], $5::text[], $6::uuid[],
                  $7::integer[], $8::integer[], $9::boolean[], $10::timestamptz[],
                  $11::text[], $12::uuid[], $13::boolean[])
        as e (attempt_id, position, course_id, version, region, person_id, score, questions,
              passed, at, method, witness_id, sample_camera)
      join person p on p.person_id = e.person_id and p.region = e.region
      order by e.attempt_id, e.position
      on conflict (attempt_id) do nothing`,
    values: [
      counted.map(({ data }) => data.attemptId),
      counted.map(({ position }) => position),
      counted.map(({ data }) => data.courseId),
      counted.map(({ data }) => data.version),
      counted.map(({ fact }) => fact.region),
      counted.map(({ data }) => data.personId),
      counted.map(({ data }) => data.score),
      counted.map(({ data }) => data.of),
      counted.map(({ data }) => data.passed),
      counted.map(({ position }) => dated.get(position)),
      counted.map(({ data }) => data.method),
      counted.map(({ data }) => (data.method === 'pin-witness' ? data.witnessId : null)),
      counted.map(({ data }) => data.method === 'face' && data.face.sampleCamera === true),
    ],
  });
}
