import {
  courseLimits,
  courseStream,
  refuse,
  type CourseDraft,
  type CourseFile,
  type CreateCourseRequest,
  type FactData,
  type Refusal,
  type Region,
  type UploadedFile,
} from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import type { CourseCase, PublishedVersion } from './hold-course.ts';

/** 新建课程: a draft. Refuses `id-taken`; the caller then rolls back. */
export async function createCourse(
  client: Client,
  course: CreateCourseRequest & { readonly accountId: string },
  now: Temporal.Instant,
): Promise<Refusal | null> {
  const { courseId, region, draft, accountId } = course;
  const { rowCount } = await client.query(
    `insert into course (course_id, region, draft, account_id, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [courseId, region, JSON.stringify(draft), accountId, now.toString()],
  );
  return rowCount === 0 ? refuse('id-taken', 'This id was used for another course.') : null;
}

/** The held course's draft is replaced; its new revision. */
export async function saveDraft(
  client: Client,
  { courseId, revision }: Pick<CourseCase, 'courseId' | 'revision'>,
  draft: CourseDraft,
): Promise<number> {
  await client.query('update course set draft = $2, revision = $3 where course_id = $1', [
    courseId,
    JSON.stringify(draft),
    revision + 1,
  ]);
  return revision + 1;
}

/** A file that lies whole on the disk belongs to the course; the same one again changes nothing. */
export async function addCourseFile(
  client: Client,
  courseId: string,
  file: UploadedFile & { readonly now: Temporal.Instant },
): Promise<Refusal | null> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::integer as count from course_file where course_id = $1 and sha256 <> $2',
    [courseId, file.sha256],
  );
  if ((rows[0]?.count ?? 0) >= courseLimits.filesPerCourse) {
    return refuse('too-many-files', `A course has at most ${courseLimits.filesPerCourse} files.`);
  }
  await client.query(
    `insert into course_file (course_id, sha256, bytes, type, name, uploaded_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [courseId, file.sha256, file.bytes, file.type, file.name, file.now.toString()],
  );
  return null;
}

export async function listCourseFiles(db: Queryable, courseId: string): Promise<UploadedFile[]> {
  const { rows } = await db.query<UploadedFile>(
    `select sha256, bytes, type, name from course_file where course_id = $1
     order by uploaded_at, sha256`,
    [courseId],
  );
  return rows;
}

/** A version that was packed: its manifest lies on the disk already. */
export interface NewVersion extends PublishedVersion {
  readonly accountId: string;
  readonly files: readonly CourseFile[];
}

/** 发布: the version, its files and the fact. */
export async function publishCourse(
  client: Client,
  { courseId, region }: Pick<CourseCase, 'courseId' | 'region'>,
  { version, change }: { readonly version: NewVersion; readonly change: RegisterChange },
): Promise<Refusal | null> {
  const { sha256, manifestBytes, files } = version;
  await client.query(
    `insert into course_version (course_id, version, revision, title, language, sha256,
       manifest_bytes, package_bytes, questions, pass_percent, tries, account_id, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      courseId,
      version.version,
      version.revision,
      version.title,
      version.language,
      sha256,
      manifestBytes,
      version.packageBytes,
      version.questions,
      version.passPercent,
      version.tries,
      version.accountId,
      change.now.toString(),
    ],
  );
  const all = [{ sha256, bytes: manifestBytes }, ...files];
  await client.query(
    `insert into course_version_file (course_id, version, sha256, bytes)
     select $1, $2, * from unnest($3::text[], $4::bigint[])`,
    [courseId, version.version, all.map((file) => file.sha256), all.map((file) => file.bytes)],
  );
  const data = { courseId, version: version.version, sha256 };
  return appendCourseFact(client, { region, type: 'course.published', data }, change);
}

export async function appendCourseFact<
  T extends 'course.published' | 'course.assigned' | 'course.withdrawn',
>(
  client: Client,
  draft: { readonly region: Region; readonly type: T; readonly data: FactData<T> },
  { now, actor, cause }: RegisterChange,
): Promise<Refusal | null> {
  const { region, type, data } = draft;
  const appended = await appendCentreFacts(client, [
    {
      at: factInstant(now.round('millisecond')),
      region,
      stream: courseStream(region, data.courseId),
      type,
      world: 'actual',
      actor,
      ...(cause === undefined ? {} : { cause }),
      data,
    },
  ]);
  return 'refused' in appended ? appended : null;
}
