import type { HashText } from '../chain.ts';
import type { PackedQuiz } from './course-package.ts';

/** Options chosen of each question, by number from 0, in the order of the questions. */
export type QuizAnswers = readonly (readonly number[])[];

export interface QuizResult {
  /** Questions answered rightly. */
  readonly score: number;
  readonly of: number;
  readonly passed: boolean;
}

/** What is hashed of the right options: each once, in their order, so that one set has one text. */
export function rightText(salt: string, options: readonly number[]): string {
  const each = [...new Set(options)].toSorted((a, b) => a - b);
  return `${salt}\n${each.join(',')}`;
}

/**
 * 判卷, the same at the terminal and anywhere else: a question is right when the chosen options are those
 * that are right and no others. Null where the answers are not of this quiz.
 */
export function gradeQuiz(
  quiz: PackedQuiz,
  answers: QuizAnswers,
  hash: HashText,
): QuizResult | null {
  const { questions, passPercent } = quiz;
  if (answers.length !== questions.length) return null;
  let score = 0;
  for (const [nth, { kind, options, salt, right }] of questions.entries()) {
    const chosen = answers[nth] ?? [];
    const isOfIt = (option: number): boolean =>
      Number.isInteger(option) && option >= 0 && option < options.length;
    if (!chosen.every(isOfIt) || (kind === 'single' && chosen.length > 1)) return null;
    if (chosen.length > 0 && hash(rightText(salt, chosen)) === right) score += 1;
  }
  return { score, of: questions.length, passed: score * 100 >= passPercent * questions.length };
}
