import type { CourseDraft, Region } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** A course as a command finds it. */
export interface CourseCase {
  readonly courseId: string;
  readonly region: Region;
  readonly draft: CourseDraft;
  readonly revision: number;
  readonly isWithdrawn: boolean;
  /** The newest published one; null = none. */
  readonly newest: PublishedVersion | null;
}

export interface PublishedVersion {
  readonly version: number;
  /** Of the draft it was made of. */
  readonly revision: number;
  readonly title: string;
  readonly language: CourseDraft['language'];
  /** Of the manifest. */
  readonly sha256: string;
  readonly manifestBytes: number;
  readonly packageBytes: number;
  readonly questions: number;
  readonly passPercent: number;
  readonly tries: number;
}

/** The course, locked until the end of the transaction; null = there is none. */
export async function holdCourse(client: Client, courseId: string): Promise<CourseCase | null> {
  const { rows } = await client.query<Omit<CourseCase, 'newest'>>(
    `select course_id as "courseId", region, draft, revision,
            withdrawn_at is not null as "isWithdrawn"
     from course where course_id = $1 for update`,
    [courseId],
  );
  const [course] = rows;
  if (course === undefined) return null;
  const versions = await client.query<PublishedVersion>(
    `select version, revision, title, language, sha256, manifest_bytes as "manifestBytes",
            package_bytes as "packageBytes", questions, pass_percent as "passPercent", tries
     from course_version where course_id = $1 order by version desc limit 1`,
    [courseId],
  );
  return { ...course, newest: versions.rows[0] ?? null };
}

export async function findCourseRegion(db: Queryable, courseId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from course where course_id = $1',
    [courseId],
  );
  return rows[0]?.region ?? null;
}

/** Whether a terminal of that village may fetch the file; how long it is, or null. */
export async function findCourseFile(
  db: Queryable,
  { sha256, region }: { readonly sha256: string; readonly region: Region },
): Promise<{ readonly bytes: number } | null> {
  const { rows } = await db.query<{ bytes: number }>({
    name: 'find-course-file',
    text: `
      select f.bytes from course_version_file f join course_village v using (course_id, version)
        join course c using (course_id)
      where f.sha256 = $1 and v.region = $2 and v.is_current and c.withdrawn_at is null
      limit 1`,
    values: [sha256, region],
  });
  return rows[0] ?? null;
}

/** Whether an assignment of it stands, wherever there are terminals yet. */
export async function isCourseAssigned(db: Queryable, courseId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from course_assignment where course_id = $1 and ended_at is null limit 1',
    [courseId],
  );
  return rowCount !== 0;
}
