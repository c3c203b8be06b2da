import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rightText, type CourseFileType, type CoursePackage } from '@sightline/contracts';
import { createAccount } from '#access/account.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Store } from '#engine/store.ts';
import { assignCourse } from './assign-course.ts';
import { addCourseFile, createCourse, publishCourse } from './change-course.ts';
import { courseFilePath } from './course-files.ts';
import { holdCourse } from './hold-course.ts';

export interface TestCourse {
  readonly courseId: string;
  readonly manifest: CoursePackage;
  /** Of the manifest. */
  readonly sha256: string;
}

export interface NewTestCourse {
  readonly region: string;
  /** Each becomes a lesson of its own. */
  readonly films: readonly Buffer[];
  readonly coursesDir: string;
  readonly title?: string;
}

const hex = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** A manifest of films and a quiz of two questions; 0, then 0 and 1 are right. */
export function testManifest(
  courseId: string,
  films: readonly Buffer[],
  title = '防火常识',
): CoursePackage {
  const salt = 'salt-salt-salt-salt';
  const right = (options: readonly number[]) =>
    createHash('sha256').update(rightText(salt, options)).digest('base64url');
  const files = films.map((film) => ({
    sha256: hex(film),
    bytes: film.length,
    type: 'video/mp4' as CourseFileType,
  }));
  return {
    v: 1,
    courseId,
    version: 1,
    title,
    language: 'zh',
    lessons: [
      ...files.map(({ sha256 }, nth) => ({
        kind: 'video' as const,
        title: `第 ${nth + 1} 课`,
        file: sha256,
      })),
      { kind: 'page', title: '要点', text: '先拔插销，再握喷管。', pictures: [] },
    ],
    quiz: {
      passPercent: 60,
      tries: 2,
      questions: [
        {
          text: '先拔什么？',
          kind: 'single',
          options: ['插销', '喷管'],
          salt,
          right: right([0]),
        },
        {
          text: '哪些要断电？',
          kind: 'multiple',
          options: ['电炉', '电灯', '蜡烛'],
          salt,
          right: right([0, 1]),
        },
      ],
    },
    files,
  };
}

/** A published course, its files on the disk, assigned to every terminal of its region. */
export async function insertCourse(store: Store, course: NewTestCourse): Promise<TestCourse> {
  const { region, films, coursesDir } = course;
  const courseId = randomUUID();
  const manifest = testManifest(courseId, films, course.title);
  const { files, quiz, title, language } = manifest;
  const text = JSON.stringify(manifest);
  const sha256 = hex(text);
  for (const bytes of [...films, Buffer.from(text)]) {
    const path = courseFilePath(coursesDir, hex(bytes));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  const now = Temporal.Now.instant().round('millisecond');
  const change = { now, actor: 'system:test' };
  const accountId = await createAccount(store.pool, { roles: ['registrar'], region, now });
  const draft = {
    title,
    language,
    lessons: [],
    quiz: { passPercent: quiz.passPercent, tries: quiz.tries, questions: [] },
  };
  const manifestBytes = Buffer.byteLength(text);
  const version = {
    version: 1,
    revision: 1,
    title,
    language,
    sha256,
    manifestBytes,
    packageBytes: files.reduce((sum, { bytes }) => sum + bytes, manifestBytes),
    questions: quiz.questions.length,
    passPercent: quiz.passPercent,
    tries: quiz.tries,
    accountId,
    files,
  };
  await inTransaction(store, async (client) => {
    await createCourse(client, { courseId, region, draft, accountId }, now);
    for (const file of files) {
      await addCourseFile(client, courseId, { ...file, name: 'film.mp4', now });
    }
    await publishCourse(client, { courseId, region }, { version, change });
    const held = await holdCourse(client, courseId);
    if (held === null || held.newest === null) throw new Error('The course was not published.');
    const asked = { course: held, newest: held.newest, region, due: null, accountId };
    await assignCourse(client, asked, change);
  });
  return { courseId, manifest, sha256 };
}
