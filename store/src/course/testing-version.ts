import { randomUUID } from 'node:crypto';
import { isRefusal, type CourseDraft, type CourseResult, type Refusal } from '@sightline/contracts';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Store } from '#engine/store.ts';
import { TestSource } from '#live/testing-facts.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { enrolSource, issueEnrolmentCode } from '#terminals/enrolment.ts';
import { createTerminal } from '#terminals/terminals.ts';
import { assignCourse } from './assign-course.ts';
import { addCourseFile, createCourse, publishCourse, type NewVersion } from './change-course.ts';
import { holdCourse, type CourseCase } from './hold-course.ts';
import { listCourseResults } from './read-courses.ts';

/** A lesson with a film, and a question. */
export function testDraft(film: string): CourseDraft {
  return {
    title: '防火常识',
    language: 'zh',
    lessons: [{ kind: 'video', title: '灭火器', file: film }],
    quiz: {
      passPercent: 50,
      tries: 3,
      questions: [{ text: '先拔什么？', kind: 'single', options: ['插销', '喷管'], right: [0] }],
    },
  };
}

/** What packing a held course would make of it; its manifest's hash is its number, 64 times. */
function testVersion(
  held: Pick<CourseCase, 'revision' | 'draft'>,
  parts: { readonly version: number; readonly film: string; readonly accountId: string },
): NewVersion {
  const { version, film, accountId } = parts;
  return {
    version,
    revision: held.revision,
    title: held.draft.title,
    language: held.draft.language,
    sha256: String(version).repeat(64),
    manifestBytes: 100,
    packageBytes: 1_100,
    questions: 1,
    passPercent: 50,
    tries: 3,
    accountId,
    files: [{ sha256: film, bytes: 1_000, type: 'video/mp4' }],
  };
}

export interface CourseAuthor {
  /** A draft; its id. */
  make(region: string): Promise<string>;
  publish(courseId: string, version: number): Promise<void>;
  assign(courseId: string, region: string, due: string | null): Promise<void>;
}

/** Somebody who writes courses of one film; a refusal throws. */
export function courseAuthor(
  store: Store,
  parts: { readonly accountId: string; readonly film: string; readonly change: RegisterChange },
): CourseAuthor {
  const { accountId, film, change } = parts;
  const onHeld = (courseId: string, work: (client: Client, held: CourseCase) => Promise<unknown>) =>
    inTransaction(store, async (client) => {
      const held = await holdCourse(client, courseId);
      if (held === null) throw new Error('The course is gone.');
      requireDone(await work(client, held));
    });
  return {
    async make(region) {
      const course = { courseId: randomUUID(), region, draft: testDraft(film), accountId };
      const file = { sha256: film, bytes: 1_000, type: 'video/mp4', name: 'a.mp4' } as const;
      await inTransaction(store, async (client) => {
        requireDone(await createCourse(client, course, change.now));
        requireDone(await addCourseFile(client, course.courseId, { ...file, now: change.now }));
      });
      return course.courseId;
    },
    publish: (courseId, version) =>
      onHeld(courseId, (client, held) => {
        const packed = testVersion(held, { version, film, accountId });
        return publishCourse(client, held, { version: packed, change });
      }),
    assign: (courseId, region, due) =>
      onHeld(courseId, (client, held) => {
        if (held.newest === null) throw new Error('Nothing is published.');
        const asked = { course: held, newest: held.newest, region, due, accountId };
        return assignCourse(client, asked, change);
      }),
  };
}

/** A device becomes the village's terminal, as with the console's code. */
export async function enrolVillage(store: Store, region: string, now: string): Promise<TestSource> {
  const terminalId = `${region}-1`;
  await createTerminal(store, { terminalId, region, simulated: true });
  const code = await issueEnrolmentCode(store.pool, terminalId, now);
  const source = new TestSource();
  const key = { publicKey: '', fingerprint: source.source };
  requireDone(await enrolSource(store, { code, ...key, now }));
  return source;
}

/** Who completed it there, read with its audit row. */
export async function resultsOf(
  store: Store,
  asked: { readonly courseId: string; readonly scope: string; readonly accountId: string },
): Promise<CourseResult[]> {
  const { courseId, scope, accountId } = asked;
  const who = { who: `account:${accountId}`, what: 'course-results.read', region: scope };
  const entry = { ...who, purpose: 'training', subject: `course:${courseId}` };
  const receipt = await appendAudit(store.pool, { entry, now: Temporal.Now.instant() });
  return listCourseResults(store.pool, receipt, { courseId, scope, limit: 10, after: null });
}

function requireDone(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && isRefusal(answer as Refusal)) {
    throw new Error(JSON.stringify(answer));
  }
}
