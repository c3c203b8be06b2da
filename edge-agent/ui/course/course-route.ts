import type { KioskQuizResult, KioskResult } from '@sightline/contracts';
import { refusalKey } from '../parts/RefusalText.tsx';

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
  /** 交卷: by which way. `refused`: the text of why the one before was none. */
  | { readonly step: 'hand-in'; readonly run: QuizRun; readonly refused: string | null }
  | { readonly step: 'face'; readonly run: QuizRun }
  | { readonly step: 'pin'; readonly run: QuizRun; readonly hasWitness: boolean }
  | { readonly step: 'done'; readonly result: KioskQuizResult }
);

/** Where the end of a face session leads while a quiz is handed in by it; null: it was for something else. */
export function afterFace(from: CourseRoute, answer: KioskResult): CourseRoute | null {
  if (from.step !== 'face') return null;
  const { page, courseId, run } = from;
  if (answer.outcome === 'course-completed') {
    return { page, courseId, step: 'done', result: answer };
  }
  const refused =
    answer.outcome === 'refused'
      ? refusalKey(answer.code)
      : answer.outcome === 'use-pin'
        ? `usePin.${answer.why}.hint`
        : null;
  return { page, courseId, step: 'hand-in', run, refused };
}
