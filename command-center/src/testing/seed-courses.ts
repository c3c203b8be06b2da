import { randomUUID } from 'node:crypto';
import type { CourseDraft } from '@sightline/contracts';
import {
  addCourseFile,
  assignCourse,
  createAccount,
  createCourse,
  holdCourse,
  inTransaction,
  publishCourse,
  setCredentials,
  type Store,
} from '@sightline/store';

/** The course that `seedCourses` leaves half completed. */
export const shownCourse = '0190a5d4-0000-7000-8000-0000000000c1';

const film = 'a'.repeat(64);
const draft: CourseDraft = {
  title: '森林草原防火：发现、上报、转移和配合扑救',
  language: 'zh',
  lessons: [
    { kind: 'video', title: '灭火器和二号工具的使用', file: film },
    {
      kind: 'page',
      title: '发现火情先做什么',
      text: '先报告，再处置：按求助按钮，说清地点、火势、风向。',
      pictures: [],
    },
  ],
  quiz: {
    passPercent: 60,
    tries: 3,
    questions: [
      {
        text: '发现火情，先做什么？',
        kind: 'single',
        options: ['按求助按钮报告', '自己进火场', '等别人来'],
        right: [0],
      },
      {
        text: '报告时要说清哪些？',
        kind: 'multiple',
        options: ['地点', '自己的职务', '火势和风向'],
        right: [0, 2],
      },
    ],
  },
};

/** A course that half of the villages have and some people completed, and a draft. For pictures. */
export async function seedCourses(store: Store): Promise<void> {
  const now = Temporal.Now.instant().subtract({ hours: 48 });
  const region = '540235';
  const roles = ['registrar'] as const;
  const accountId = await createAccount(store.pool, { roles, region, now });
  const credentials = { accountId, login: 'pema', passwordHash: 'nobody signs in' };
  await setCredentials(store.pool, credentials);
  const change = { now, actor: `account:${accountId}` };
  const due = now
    .add({ hours: 24 * 30 })
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDate();
  await inTransaction(store, async (client) => {
    const fresh = { courseId: randomUUID(), region, draft: { ...draft, lessons: [] }, accountId };
    await createCourse(client, fresh, now.subtract({ hours: 24 }));
    await createCourse(client, { ...fresh, courseId: shownCourse, draft }, now);
    const file = {
      sha256: film,
      bytes: 48_000_000,
      type: 'video/mp4',
      name: '灭火器.mp4',
    } as const;
    await addCourseFile(client, shownCourse, { ...file, now });
    const held = await holdCourse(client, shownCourse);
    if (held === null) throw new Error('The course was not made.');
    const { title, language, quiz } = draft;
    const version = {
      version: 1,
      revision: held.revision,
      title,
      language,
      sha256: 'b'.repeat(64),
      manifestBytes: 2_000,
      packageBytes: 48_002_000,
      questions: quiz.questions.length,
      passPercent: quiz.passPercent,
      tries: quiz.tries,
      accountId,
      files: [file],
    };
    await publishCourse(client, held, { version, change });
    const asked = { course: held, newest: version, region, due: due.toString(), accountId };
    await assignCourse(client, asked, change);
  });
  // What their terminals would have said.
  await store.pool.query(
    `with placed as (select region, row_number() over (order by region) as n from course_village)
     update course_village v set downloaded_at = assigned_at + n % 50 * interval '7 minutes'
     from placed p where p.region = v.region and n % 3 > 0`,
  );
  await store.pool.query(
    `insert into course_attempt (attempt_id, position, course_id, version, region, person_id, score,
       questions, passed, at, method)
     select gen_random_uuid(), 1, v.course_id, v.version, v.region, p.person_id,
            1 + p.slot % 2, 2, p.slot % 2 = 1, v.downloaded_at + p.slot * interval '1 hour',
            case p.slot % 3 when 0 then 'pin' else 'face' end
     from course_village v join person p on p.region = v.region and p.slot is not null
     where v.downloaded_at is not null`,
  );
}
