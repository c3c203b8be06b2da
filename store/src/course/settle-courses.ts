import { courseLimits, type Region } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Client } from '#engine/store.ts';

export interface Settling {
  readonly regions: readonly Region[];
  readonly now: Temporal.Instant;
}

/**
 * Makes villages and their terminals agree with the assignments that stand (`course_assignment`): of each
 * course the newest one over the village counts, until its last day for whoever comes later. Writes nothing
 * where all is so already. Comes before any document of a terminal is held: whoever assigns waits for us,
 * or we for them.
 */
export async function settleCourses(client: Client, { regions, now }: Settling): Promise<void> {
  await client.query('lock table course_assignment in share mode');
  const at = now.round('millisecond').toString();
  await client.query(
    `with given as (${givenSql}), old as (
       update course_village v set is_current = false from given g
       where v.course_id = g.course_id and v.region = g.region and v.is_current
         and v.version <> g.version
       returning v.course_id
     ) select count(*) from old`,
    [regions, at],
  );
  await client.query(
    `with given as (${givenSql})
     insert into course_village as v (course_id, version, region, due, assigned_at)
     select course_id, version, region, due, $2 from given
     on conflict (course_id, version, region) do update set due = excluded.due, is_current = true
     where v.due is distinct from excluded.due or not v.is_current`,
    [regions, at],
  );
  await tellTerminals(client, regions, at);
}

/**
 * $1: villages, $2: the instant. The courses of each equipped village, the newest ones up to what a terminal
 * is told of; one whose last day is over is given to nobody who does not have it.
 */
const givenSql = `
  select * from (
    select s.*, row_number() over (partition by s.region order by s.assignment_id desc) as nth
    from (
      select distinct on (t.region, a.course_id) t.region, a.course_id, a.version, a.due,
             a.assigned_at, a.assignment_id
      from (select distinct t.region from terminal t join terminal_source k using (terminal_id)
            where t.region = any ($1) and k.revoked_at is null) t
        join course_assignment a on a.ended_at is null and starts_with(t.region, a.region)
      order by t.region, a.course_id, a.assignment_id desc) s
    where s.due is null or s.due >= ($2::timestamptz at time zone 'Asia/Shanghai')::date
      or exists (select from course_village v where v.course_id = s.course_id
                 and v.version = s.version and v.region = s.region and v.is_current)) r
  where nth <= ${courseLimits.perTerminal}`;

/** A document that says so already keeps its version. */
async function tellTerminals(
  client: Client,
  regions: readonly Region[],
  at: string,
): Promise<void> {
  await client.query(
    // Held in order, as everybody holds several: whoever changes them too comes before us or after.
    `with given as (${givenSql}), listed as (
       select g.region, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
         'courseId', g.course_id, 'version', g.version, 'title', n.title, 'language', n.language,
         'assignedAt', ${isoText('g.assigned_at')}, 'due', g.due,
         'manifest', jsonb_build_object('sha256', n.sha256, 'bytes', n.manifest_bytes),
         'bytes', n.package_bytes, 'questions', n.questions, 'passPercent', n.pass_percent,
         'tries', n.tries)) order by g.nth) as courses
       from given g join course_version n using (course_id, version) group by g.region
     ), held as (
       select d.terminal_id, coalesce(l.courses, '[]') as courses
       from terminal t join desired d using (terminal_id) left join listed l on l.region = t.region
       where t.region = any ($1)
         and coalesce(d.document -> 'courses', '[]') is distinct from coalesce(l.courses, '[]')
         and exists (select from terminal_source s
                     where s.terminal_id = t.terminal_id and s.revoked_at is null)
       order by d.terminal_id for update of d
     ), told as (
       update desired d set version = version + 1, updated_at = clock_timestamp(),
         document = jsonb_set(document, '{courses}', held.courses)
       from held where held.terminal_id = d.terminal_id
       returning d.terminal_id
     ) select pg_notify('desired', terminal_id) from told`,
    [regions, at],
  );
}
