import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { courseLimits } from './course.ts';
import { CourseVersion } from './course-facts.ts';
import { CourseLanguageCode, CourseTitle, quizRules, Sha256 } from './course-package.ts';

/** 2026-12-31: until the end of that day in the villages' time. */
export const DueDay = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

/**
 * 课程 as a terminal is told of it: what stands in a list, and the hash of the manifest, which names every
 * file by its own. So the document stays small and nothing is taken that was not named.
 */
export const TerminalCourse = Type.Object({
  courseId: Type.String({ pattern: uuidPattern }),
  version: CourseVersion,
  title: CourseTitle,
  language: CourseLanguageCode,
  assignedAt: Type.String({ pattern: instantPattern }),
  /** Absent = no such day. */
  due: Type.Optional(DueDay),
  manifest: Type.Object({
    sha256: Sha256,
    bytes: Type.Integer({ minimum: 1, maximum: courseLimits.documentBytes }),
  }),
  /** Of all files and the manifest. */
  bytes: Type.Integer({ minimum: 1, maximum: courseLimits.packageBytes }),
  questions: Type.Integer({ minimum: 1, maximum: courseLimits.questions }),
  ...quizRules,
});
export type TerminalCourse = Static<typeof TerminalCourse>;

export const TerminalCourses = Type.Array(TerminalCourse, { maxItems: courseLimits.perTerminal });
