import { createHash } from 'node:crypto';
import {
  gradeQuiz,
  parseCoursePackage,
  type CourseDraft,
  type UploadedFile,
} from '@sightline/contracts';
import { expect, test } from 'vitest';
import {
  refuseAssignment,
  refuseCourseWithdrawal,
  refuseDraft,
  refusePublish,
} from './decide-course.ts';
import { packCourse } from './pack-course.ts';

const film: UploadedFile = { sha256: 'a'.repeat(64), bytes: 10, type: 'video/mp4', name: 'a.mp4' };
const picture: UploadedFile = { ...film, sha256: 'b'.repeat(64), type: 'image/png', name: 'b.png' };
const unused: UploadedFile = { ...film, sha256: 'c'.repeat(64) };
const question = {
  text: '先拔什么？',
  kind: 'single' as const,
  options: ['插销', '喷管'],
  right: [0],
};
const whole: CourseDraft = {
  title: ' 防火常识 ',
  language: 'zh',
  lessons: [
    { kind: 'video', title: '灭火器', file: film.sha256 },
    {
      kind: 'page',
      title: '要点',
      text: '看图',
      pictures: [{ file: picture.sha256, caption: '' }],
    },
  ],
  quiz: {
    passPercent: 50,
    tries: 2,
    questions: [question, { ...question, kind: 'multiple', right: [1, 0] }],
  },
};
const files = [film, picture, unused];

const publish = (draft: CourseDraft, given: readonly UploadedFile[] = files) =>
  refusePublish({ draft, revision: 3, files: given, newest: { version: 1, revision: 2 } })?.code;
const withLesson = (lesson: CourseDraft['lessons'][number]) => ({ ...whole, lessons: [lesson] });
const withQuestion = (more: Partial<CourseDraft['quiz']['questions'][number]>) => ({
  ...whole,
  quiz: { ...whole.quiz, questions: [question, { ...question, ...more }] },
});

test.each([
  [whole, undefined],
  [{ ...whole, title: ' ' }, 'course-title'],
  [{ ...whole, title: 'a\u0000' }, 'unwritable-course'],
  [{ ...whole, lessons: [] }, 'no-lesson'],
  [withLesson({ kind: 'video', title: 'a', file: null }), 'lesson-empty'],
  [withLesson({ kind: 'video', title: '', file: film.sha256 }), 'lesson-empty'],
  [withLesson({ kind: 'page', title: 'a', text: ' ', pictures: [] }), 'lesson-empty'],
  [{ ...whole, quiz: { ...whole.quiz, questions: [] } }, 'no-question'],
  [withQuestion({ text: ' ' }), 'question-empty'],
  [withQuestion({ options: ['插销'] }), 'question-empty'],
  [withQuestion({ options: ['插销', ' '] }), 'question-empty'],
  [withQuestion({ options: ['插销', '插销 '] }), 'question-empty'],
  [withQuestion({ right: [] }), 'no-right-option'],
  [withQuestion({ right: [2] }), 'no-right-option'],
  [withQuestion({ right: [0, 1] }), 'no-right-option'],
])('%#: what is missing is said before it is published', (draft, code) => {
  expect(publish(draft)).toBe(code);
});

test('nothing new makes no version, and films that are too large together none either', () => {
  const same = { draft: whole, revision: 2, files, newest: { version: 1, revision: 2 } };
  expect(refusePublish(same)?.code).toBe('nothing-new');
  const huge = { ...film, bytes: 1024 ** 3 };
  expect(publish(whole, [huge, picture])).toBe('course-too-large');
  expect(publish(whole, [film, picture, { ...huge, sha256: 'c'.repeat(64) }])).toBeUndefined();
});

test('a lesson shows only what was uploaded for the course, each kind its own', () => {
  expect(refuseDraft(whole, files)).toBeNull();
  expect(refuseDraft(whole, [film])?.code).toBe('no-such-file');
  expect(
    refuseDraft(withLesson({ kind: 'video', title: 'a', file: picture.sha256 }), files)?.code,
  ).toBe('no-such-file');
});

test('a package holds what is shown and no answer in the clear; the terminal marks by it', () => {
  const hash = (words: string) => createHash('sha256').update(words).digest('base64url');
  let drawn = 0;
  const newSalt = () => `salt-salt-salt-${(drawn += 1)}`;
  const parts = {
    courseId: '0190a5d4-0000-7000-8000-0000000000c1',
    version: 1,
    draft: whole,
    files,
  };
  const text = JSON.stringify(packCourse(parts, { hash, newSalt }));
  const packed = parseCoursePackage(text);
  if (packed === null) throw new Error('The package is none.');
  expect(packed.title).toBe('防火常识');
  expect(packed.files.map(({ sha256 }) => sha256)).toEqual([film.sha256, picture.sha256]);
  expect(text).not.toContain('"right":[');
  const [first, second] = packed.quiz.questions;
  expect(first?.salt).not.toBe(second?.salt);
  expect(gradeQuiz(packed.quiz, [[0], [0, 1]], hash)).toMatchObject({ score: 2, passed: true });
  expect(gradeQuiz(packed.quiz, [[1], [1]], hash)).toMatchObject({ score: 0, passed: false });
});

const ground = { villages: 2, newest: {}, today: '2026-11-23' };
test.each([
  [null, ground, undefined],
  ['2026-11-23', ground, undefined],
  ['2027-11-24', ground, undefined],
  ['2026-11-22', ground, 'due-day'],
  ['2027-11-25', ground, 'due-day'],
  ['2026-02-31', ground, 'due-day'],
  [null, { ...ground, newest: null }, 'not-published'],
  [null, { ...ground, villages: 0 }, 'nobody-to-tell'],
])('until %s: %o is %s', (due, on, code) => {
  expect(refuseAssignment(due, on)?.code).toBe(code);
});

test('only what somebody has is withdrawn, and once', () => {
  const refusal = (isWithdrawn: boolean, isAssigned: boolean) =>
    refuseCourseWithdrawal({ isWithdrawn, isAssigned })?.code;
  expect([refusal(false, true), refusal(true, true), refusal(false, false)]).toEqual([
    undefined,
    'withdrawn-before',
    'not-assigned',
  ]);
});
