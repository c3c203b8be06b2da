import type { KioskQuizResult } from '@sightline/contracts';

/** A quiz being answered. */
export interface QuizRun {
  readonly personId: string;
  /** Drawn when it began: handed in twice, it counts once. */
  readonly attemptId: string;
  /** Options of each question; as many as there are questions. */
  readonly answers: readonly (readonly number[])[];
}

/** 课程: its lessons, one of them, and the quiz of one person. */
export type CourseRoute = { readonly page: 'course'; readonly courseId: string } & (
  | { readonly step: 'lessons' }
  | { readonly step: 'who' }
  | { readonly step: 'lesson'; readonly nth: number }
  | { readonly step: 'question'; readonly nth: number; readonly run: QuizRun }
  | { readonly step: 'pin'; readonly run: QuizRun }
  | { readonly step: 'done'; readonly personId: string; readonly result: KioskQuizResult }
);
