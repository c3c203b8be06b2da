import { isRefusal, regionRange, type Refusal, type Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { appendCourseFact } from './change-course.ts';
import type { CourseCase, PublishedVersion } from './hold-course.ts';
import { settleCourses } from './settle-courses.ts';

/** What was decided: the newest version for a region, and until when. */
export interface DecidedAssignment {
  readonly course: Pick<CourseCase, 'courseId' | 'isWithdrawn'>;
  readonly newest: Pick<PublishedVersion, 'version'>;
  readonly region: Region;
  /** Null = no such day. */
  readonly due: string | null;
  readonly accountId: string;
}

/**
 * 布置课程 in the caller's transaction: the assignment, which holds for whoever comes to the region until its
 * last day, what should be at the terminals that are there, and the fact. Resolves to how many villages
 * have a terminal now.
 */
export async function assignCourse(
  client: Client,
  asked: DecidedAssignment,
  change: RegisterChange,
): Promise<{ readonly villages: number } | Refusal> {
  const assignedAt = change.now.round('millisecond');
  const { region, due, accountId } = asked;
  const { courseId, isWithdrawn } = asked.course;
  const { version } = asked.newest;
  await holdAssignments(client);
  if (isWithdrawn) await beginAnew(client, courseId);
  await client.query(
    `update course_assignment set ended_at = greatest($3, assigned_at)
     where course_id = $1 and ended_at is null and starts_with(region, $2)`,
    [courseId, region, assignedAt.toString()],
  );
  await client.query(
    `insert into course_assignment (course_id, version, region, due, account_id, assigned_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [courseId, version, region, due, accountId, assignedAt.toString()],
  );
  const regions = await listEquipped(client, region);
  await settleCourses(client, { regions, now: change.now });
  const data = { courseId, version, villages: regions.length };
  const refusal = await appendCourseFact(client, { region, type: 'course.assigned', data }, change);
  return isRefusal(refusal) ? refusal : { villages: regions.length };
}

/** 撤回. It leaves the terminals and nobody gets it any more; who completed it by then stays known. */
export async function withdrawCourse(
  client: Client,
  { courseId, region }: Pick<CourseCase, 'courseId' | 'region'>,
  change: RegisterChange,
): Promise<Refusal | null> {
  const at = change.now.round('millisecond').toString();
  await holdAssignments(client);
  await client.query('update course set withdrawn_at = $2 where course_id = $1', [courseId, at]);
  await client.query(
    `update course_assignment set ended_at = greatest($2, assigned_at)
     where course_id = $1 and ended_at is null`,
    [courseId, at],
  );
  const { rows } = await client.query<{ region: Region }>(
    'select region from course_village where course_id = $1 and is_current order by region',
    [courseId],
  );
  await settleCourses(client, { regions: rows.map((row) => row.region), now: change.now });
  return appendCourseFact(client, { region, type: 'course.withdrawn', data: { courseId } }, change);
}

/** Who enrols at the same time comes before us or after: nobody falls between. */
async function holdAssignments(client: Client): Promise<void> {
  await client.query('lock table course_assignment in share row exclusive mode');
}

/** One that was withdrawn: nobody has it but who gets it now. */
async function beginAnew(client: Client, courseId: string): Promise<void> {
  await client.query('update course set withdrawn_at = null where course_id = $1', [courseId]);
  await client.query(
    'update course_village set is_current = false where course_id = $1 and is_current',
    [courseId],
  );
}

/** Villages where a terminal stands whose key is not revoked. */
async function listEquipped(client: Client, scope: Region): Promise<Region[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await client.query<{ region: Region }>(
    `select distinct t.region from terminal t join terminal_source s using (terminal_id)
       left join division d on d.region = t.region
     where t.region >= $1 and t.region < $2 and s.revoked_at is null and d.ended_on is null
     order by t.region`,
    [from, to],
  );
  return rows.map(({ region }) => region);
}
