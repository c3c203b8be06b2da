import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PackedQuiz } from './course-package.ts';
import { gradeQuiz, rightText } from './grade-quiz.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

function quizOf(rights: readonly (readonly number[])[], passPercent: number): PackedQuiz {
  return {
    passPercent,
    tries: 3,
    questions: rights.map((right, nth) => ({
      text: `第 ${nth + 1} 题`,
      kind: right.length > 1 ? 'multiple' : 'single',
      options: ['甲', '乙', '丙', '丁'],
      salt: `salt-salt-salt-${nth}`,
      right: hash(rightText(`salt-salt-salt-${nth}`, right)),
    })),
  };
}

test('a question counts when exactly the right options were chosen, in any order', () => {
  const quiz = quizOf([[0], [1, 3], [2]], 67);
  expect(gradeQuiz(quiz, [[0], [3, 1], [2]], hash)).toEqual({ score: 3, of: 3, passed: true });
  expect(gradeQuiz(quiz, [[0], [1], [2]], hash)).toEqual({ score: 2, of: 3, passed: false });
  expect(gradeQuiz(quiz, [[0], [0, 1, 3], []], hash)).toEqual({ score: 1, of: 3, passed: false });
});

test('the mark is a share of the questions: just enough is enough', () => {
  const quiz = quizOf([[0], [0], [0], [0], [0]], 60);
  const right = (count: number) => [0, 1, 2, 3, 4].map((nth) => [nth < count ? 0 : 1]);
  expect(gradeQuiz(quiz, right(3), hash)).toMatchObject({ score: 3, passed: true });
  expect(gradeQuiz(quiz, right(2), hash)).toMatchObject({ score: 2, passed: false });
});

test.each([
  [[[0]]],
  [[[0], [1], [2]]],
  [[[4], [1]]],
  [[[-1], [1]]],
  [[[0.5], [1]]],
  [[[0, 1], [1]]],
])('%j are no answers of a quiz of two single questions', (answers) => {
  expect(gradeQuiz(quizOf([[0], [1]], 50), answers, hash)).toBeNull();
});

test('the score is the number of sets that are equal, whatever was chosen', () => {
  const set = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(set, set), { minLength: 1, maxLength: 20 }), (pairs) => {
      const quiz = quizOf(
        pairs.map(([right]) => right),
        100,
      );
      const equal = pairs.filter(([right, chosen]) => {
        const [a, b] = [new Set(right), new Set(chosen)];
        return a.size === b.size && [...a].every((option) => b.has(option));
      }).length;
      const answers = pairs.map(([, chosen]) => chosen);
      const passed = equal === pairs.length;
      expect(gradeQuiz(quiz, answers, hash)).toEqual({ score: equal, of: pairs.length, passed });
    }),
    { seed: 7 },
  );
});
