import type { CheckInMethod } from '../fact-types.ts';
import type { TerminalCourse } from './terminal-course.ts';
import type { CourseLesson, PackedQuiz } from './course-package.ts';

/** Where the package of a course is: `no-space` waits for room, `failed` for the next try. */
export type PackageState = 'waiting' | 'downloading' | 'ready' | 'no-space' | 'failed';

/** 课程 at the kiosk, with how much of it is there and who handed in how often. */
export interface KioskCourse extends TerminalCourse {
  readonly package: {
    readonly state: PackageState;
    /** Of `bytes`. */
    readonly doneBytes: number;
  };
  readonly tried: readonly {
    readonly personId: string;
    readonly tries: number;
    readonly passed: boolean;
  }[];
}

/** GET /api/courses/:courseId of the kiosk: what is shown, without anything of what is right. */
export interface KioskCourseContent {
  readonly courseId: string;
  readonly version: number;
  readonly lessons: readonly CourseLesson[];
  readonly questions: readonly Pick<PackedQuiz['questions'][number], 'text' | 'kind' | 'options'>[];
}

/** POST /api/course/hand-in/pin of the kiosk, and the end of the face session of …/face. */
export interface KioskQuizResult {
  readonly outcome: 'course-completed';
  readonly courseId: string;
  readonly personId: string;
  readonly method: CheckInMethod;
  readonly score: number;
  readonly of: number;
  readonly passed: boolean;
  readonly triesLeft: number;
  /** It waits for the link. */
  readonly waiting: boolean;
}
