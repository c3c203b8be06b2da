import {
  regionRange,
  type CourseDraft,
  type CourseLine,
  type CourseResult,
  type CourseVillage,
  type Region,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

const columns = `
  c.course_id as "courseId", c.region, coalesce(n.title, c.draft ->> 'title') as title,
  coalesce(n.language, c.draft ->> 'language') as language, a.login as by,
  c.created_at as "createdAt", c.withdrawn_at as "withdrawnAt", n.version,
  v.assigned, v.downloaded, v.completed, v.passed`;
/** $1 and $2: the range of the scope. Of each village counts the version that it is to have now. */
const courses = `
  from course c join account a using (account_id)
  left join lateral (
    select version, title, language from course_version n where n.course_id = c.course_id
    order by version desc limit 1) n on true
  cross join lateral (
    select count(*)::integer as assigned, count(downloaded_at)::integer as downloaded,
           coalesce(sum(r.completed), 0)::integer as completed,
           coalesce(sum(r.passed), 0)::integer as passed
    from course_village v
    cross join lateral (
      select count(*) as completed, count(*) filter (where passed) as passed
      from course_result r
      where r.course_id = v.course_id and r.version = v.version and r.region = v.region) r
    where v.course_id = c.course_id and v.is_current and v.region >= $1 and v.region < $2) v
  where ((c.region >= $1 and c.region < $2) or v.assigned > 0)`;

export interface CoursePage {
  readonly scope: Region;
  readonly limit: number;
  /** The last row of the page before. */
  readonly before: { readonly at: string; readonly id: string } | null;
}

/** Courses made in the scope, and those its villages are to have; newest first. */
export async function listCourses(db: Queryable, page: CoursePage): Promise<CourseLine[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<CourseLine>(
    `select ${columns} ${courses}
       and ($3::timestamptz is null or (c.created_at, c.course_id) < ($3, $4::uuid))
     order by c.created_at desc, c.course_id desc limit $5`,
    [from, to, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
}

interface Asked {
  readonly courseId: string;
  readonly scope: Region;
}

export interface ReadCourse extends CourseLine {
  readonly draft: CourseDraft;
  readonly revision: number;
  /** The draft is not that of the newest version. */
  readonly isChanged: boolean;
  readonly isAssigned: boolean;
  readonly villages: readonly CourseVillage[];
}

/** One course, counted by village; null where the scope neither made it nor has it. */
export async function readCourse(
  db: Queryable,
  { courseId, scope }: Asked,
): Promise<ReadCourse | null> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<Omit<ReadCourse, 'villages'>>(
    `select ${columns}, c.draft, c.revision,
            c.revision is distinct from (
              select revision from course_version last where last.course_id = c.course_id
              order by version desc limit 1) as "isChanged",
            exists (select from course_assignment s
                    where s.course_id = c.course_id and s.ended_at is null) as "isAssigned"
     ${courses} and c.course_id = $3`,
    [from, to, courseId],
  );
  const [course] = rows;
  if (course === undefined) return null;
  const villages = await db.query<CourseVillage>(
    `select v.region, v.version, v.due, v.downloaded_at as "downloadedAt",
            count(r.person_id)::integer as completed,
            count(*) filter (where r.passed)::integer as passed,
            (select count(*)::integer from person p
             where p.region = v.region and p.slot is not null) as people
     from course_village v left join course_result r using (course_id, version, region)
     where v.course_id = $3 and v.is_current and v.region >= $1 and v.region < $2
     group by v.region, v.version, v.due, v.downloaded_at order by v.region`,
    [from, to, courseId],
  );
  return { ...course, villages: villages.rows };
}

export interface ResultPage extends Asked {
  readonly limit: number;
  /** The last row of the page before. */
  readonly after: Pick<CourseResult, 'region' | 'personId' | 'version'> | null;
}

/** The best of each person and version, by name; by village, then person, so that no list is a ranking. */
export async function listCourseResults(
  db: Queryable,
  _receipt: AuditReceipt,
  { courseId, scope, limit, after }: ResultPage,
): Promise<CourseResult[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<CourseResult>(
    `select r.region, r.person_id as "personId", p.name, r.version, r.score, r.questions as "of",
            r.passed, r.at, r.tries, r.attempt, r.method, w.name as witness,
            r.sample_camera as "sampleCamera",
            coalesce((r.at at time zone 'Asia/Shanghai')::date > v.due, false) as "isLate"
     from course_result r join person p using (person_id)
       left join person w on w.person_id = r.witness_id
       join course_village v on v.course_id = r.course_id and v.version = r.version
         and v.region = r.region
     where r.course_id = $1 and r.region >= $2 and r.region < $3
       and ($4::text is null or (r.region, r.person_id, r.version) > ($4, $5::uuid, $6::integer))
     order by r.region, r.person_id, r.version limit $7`,
    [
      courseId,
      from,
      to,
      after?.region ?? null,
      after?.personId ?? null,
      after?.version ?? null,
      limit,
    ],
  );
  return rows;
}
