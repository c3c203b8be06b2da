import { createHash } from 'node:crypto';
import {
  courseStream,
  isRefusal,
  type KioskCourse,
  type KioskCourseContent,
  type KioskQuizResult,
  type KioskState,
  type Refusal,
} from '@sightline/contracts';
import type { CourseKeeper } from '#course/course-keeper.ts';
import { decideHandIn, type KnownAttempt } from '#domain/course.ts';
import type { Recognised } from '#domain/decide-check-in.ts';
import { proveByPin } from '#kiosk/check-in.ts';
import type { HandInBody, HandInPinBody } from '#kiosk/course-routes.ts';
import { placeOf, type WatchParts } from '#kiosk/watch-parts.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

type Parts = WatchParts & { readonly courses: CourseKeeper };

/** 交卷 by the person's own PIN, with a witness or without. */
export async function handInByPin(
  parts: Parts,
  { pin, witness, ...quiz }: HandInPinBody,
): Promise<KioskQuizResult | Refusal> {
  const proved = await proveByPin(parts, { personId: quiz.personId, pin, witness });
  return isRefusal(proved) ? proved : handIn(parts, quiz, proved);
}

/**
 * 交卷. The result is on the disk before it is shown; of the answers nothing is
 * kept, and nothing of what was watched before.
 */
export async function handIn(
  parts: Parts,
  { courseId, version, personId, attemptId, answers }: HandInBody,
  by: Recognised,
): Promise<KioskQuizResult | Refusal> {
  const { terminal, courses } = parts;
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const { library, records } = courses;
  const course = library
    .courses()
    .find((one) => one.courseId === courseId && one.version === version);
  const known = records.attemptsAt(courseId, version);
  const ground = { course, manifest: library.manifest(courseId), known, hash };
  const decided = decideHandIn(ground, { attemptId, personId, answers, by }, place);
  if (isRefusal(decided)) return decided;
  const { result, triesLeft } = decided;
  if (decided.decision === 'record') {
    const fact = await terminal.record({
      stream: courseStream(place.region, courseId),
      type: 'course.completed',
      actor: `person:${personId}`,
      data: decided.data,
      reading: place.reading,
    });
    if (isRefusal(fact)) return fact;
    records.noteAttempt({ attemptId, courseId, version, personId, ...result }, fact.at);
  }
  const { score, of, passed } = result;
  const waiting = terminal.state().link.state !== 'up';
  const said = { courseId, personId, method: by.method, score, of, passed, triesLeft, waiting };
  return { outcome: 'course-completed', ...said };
}

/** What the page shows of courses. */
export function readCourses(courses: CourseKeeper): KioskState['courses'] {
  return courses.library.courses().map((course): KioskCourse => {
    const attempts = courses.records.attemptsAt(course.courseId, course.version);
    return { ...course, package: courses.report(course), tried: triedOf(attempts) };
  });
}

function triedOf(attempts: readonly KnownAttempt[]): KioskCourse['tried'] {
  return [...new Set(attempts.map(({ personId }) => personId))].map((personId) => {
    const own = attempts.filter((attempt) => attempt.personId === personId);
    return { personId, tries: own.length, passed: own.some(({ passed }) => passed) };
  });
}

/** Lessons and questions, without salts and hashes: the page needs none. */
export function readContent(courses: CourseKeeper, courseId: string): KioskCourseContent | null {
  const manifest = courses.library.manifest(courseId);
  if (manifest === null) return null;
  return {
    courseId,
    version: manifest.version,
    lessons: manifest.lessons,
    questions: manifest.quiz.questions.map(({ text, kind, options }) => ({ text, kind, options })),
  };
}
