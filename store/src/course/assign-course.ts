import { courseLimits, type Refusal, type Region, type TerminalCourse } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { appendCourseFact } from './change-course.ts';
import type { CourseCase, PublishedVersion } from './hold-course.ts';

/** What was decided: which villages are to have the newest version, and until when. */
export interface DecidedAssignment {
  readonly course: Pick<CourseCase, 'courseId' | 'isWithdrawn'>;
  readonly newest: PublishedVersion;
  readonly region: Region;
  /** Null = no such day. */
  readonly due: string | null;
  readonly villages: readonly Region[];
  readonly accountId: string;
}

/**
 * 布置课程 in the caller's transaction: rows, what should be at the villages' terminals, one notification
 * each, and the fact. A village that has it already is told the new day; one whose terminal came later
 * is reached by assigning once more.
 */
export async function assignCourse(
  client: Client,
  asked: DecidedAssignment,
  change: RegisterChange,
): Promise<Refusal | null> {
  const assignedAt = change.now.round('millisecond');
  const { newest, region, due, villages, accountId } = asked;
  const { courseId, isWithdrawn } = asked.course;
  const { version } = newest;
  // One that was withdrawn begins anew: nobody has it but who gets it now.
  await client.query('update course set withdrawn_at = null where course_id = $1', [courseId]);
  await client.query(
    `update course_village set is_current = false
     where course_id = $1 and is_current and ($2 or (region = any ($3) and version <> $4))`,
    [courseId, isWithdrawn, villages, version],
  );
  await client.query(
    `insert into course_assignment (course_id, version, region, due, account_id, assigned_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [courseId, version, region, due, accountId, assignedAt.toString()],
  );
  await client.query(
    `insert into course_village (course_id, version, region, due, assigned_at)
     select $1, $2, region, $4, $5 from unnest($3::text[]) as v (region)
     on conflict (course_id, version, region) do update set due = excluded.due, is_current = true`,
    [courseId, version, villages, due, assignedAt.toString()],
  );
  const told: TerminalCourse = {
    courseId,
    version,
    title: newest.title,
    language: newest.language,
    assignedAt: factInstant(assignedAt),
    ...(due === null ? {} : { due }),
    manifest: { sha256: newest.sha256, bytes: newest.manifestBytes },
    bytes: newest.packageBytes,
    questions: newest.questions,
    passPercent: newest.passPercent,
    tries: newest.tries,
  };
  await tellTerminals(client, villages, told);
  const data = { courseId, version, villages: villages.length };
  return appendCourseFact(client, { region, type: 'course.assigned', data }, change);
}

/** The course stands first, in its newest version alone; of those before it the newest ones stay. */
async function tellTerminals(
  client: Client,
  regions: readonly Region[],
  course: TerminalCourse,
): Promise<void> {
  await client.query(
    // Held in order, as everybody holds several: whoever changes them too comes before us or after.
    `with held as (
       select d.terminal_id from desired d join terminal t using (terminal_id)
       where t.region = any ($1)
         and exists (select from terminal_source s
                     where s.terminal_id = t.terminal_id and s.revoked_at is null)
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{courses}', (
           select jsonb_agg(c.each order by c.nth) from (
             select $2::jsonb as each, 0::bigint as nth
             union all
             select o.each, row_number() over (order by o.nth)
             from jsonb_array_elements(coalesce(document -> 'courses', '[]'))
               with ordinality as o (each, nth)
             where o.each ->> 'courseId' <> $3
           ) c where c.nth < ${courseLimits.perTerminal}))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [regions, JSON.stringify(course), course.courseId],
  );
}

/** 撤回. It leaves the terminals; who completed it by then stays known. */
export async function withdrawCourse(
  client: Client,
  { courseId, region }: Pick<CourseCase, 'courseId' | 'region'>,
  change: RegisterChange,
): Promise<Refusal | null> {
  await client.query('update course set withdrawn_at = $2 where course_id = $1', [
    courseId,
    change.now.round('millisecond').toString(),
  ]);
  await client.query(
    `with held as (
       select d.terminal_id from desired d
       where d.document -> 'courses' @> jsonb_build_array(jsonb_build_object('courseId', $1::text))
         and d.terminal_id in (select t.terminal_id from terminal t
                               join course_village v on v.region = t.region
                               where v.course_id = $1::text::uuid)
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{courses}', coalesce((
           select jsonb_agg(c.each order by c.nth)
           from jsonb_array_elements(document -> 'courses') with ordinality as c (each, nth)
           where c.each ->> 'courseId' <> $1::text), '[]'))
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [courseId],
  );
  return appendCourseFact(client, { region, type: 'course.withdrawn', data: { courseId } }, change);
}
