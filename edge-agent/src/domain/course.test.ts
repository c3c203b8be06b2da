import { createHash } from 'node:crypto';
import {
  rightText,
  type CoursePackage,
  type FaceEvidence,
  type TerminalCourse,
} from '@sightline/contracts';
import { expect, test } from 'vitest';
import { decideHandIn, isDownloadTime, type HandedIn, type KnownAttempt } from './course.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}:00+08:00`);
const night = { fromMinute: 0, toMinute: 360 };

test('a terminal fetches in its night from its own minute on, the first before half of it, the same each night', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `t-${540202001 + n}`);
  expect(ids.filter((id) => isDownloadTime(at('00:00'), id, night)).length).toBeLessThan(20);
  expect(ids.every((id) => isDownloadTime(at('03:00'), id, night))).toBe(true);
  expect(ids.some((id) => isDownloadTime(at('06:00'), id, night))).toBe(false);
  expect(ids.some((id) => isDownloadTime(at('23:59'), id, night))).toBe(false);
  const late = { fromMinute: 23 * 60, toMinute: 60 };
  expect(isDownloadTime(at('00:30'), 't-1', late)).toBe(true);
  expect(isDownloadTime(at('12:00'), 't-1', late)).toBe(false);
  const always = { fromMinute: 600, toMinute: 600 };
  expect(ids.every((id) => isDownloadTime(at('09:59'), id, always))).toBe(true);
});

const course: TerminalCourse = {
  courseId: '0190a5d4-0000-7000-8000-0000000000c1',
  version: 1,
  title: '防火常识',
  language: 'zh',
  assignedAt: '2026-11-22T00:00:00.000Z',
  manifest: { sha256: 'a'.repeat(64), bytes: 10 },
  bytes: 10,
  questions: 1,
  passPercent: 100,
  tries: 2,
};
const salt = 'salt-salt-salt-salt';
const manifest: CoursePackage = {
  v: 1,
  courseId: course.courseId,
  version: 1,
  title: course.title,
  language: 'zh',
  lessons: [{ kind: 'page', title: '要点', text: '看', pictures: [] }],
  quiz: {
    passPercent: 100,
    tries: 2,
    questions: [
      {
        text: '？',
        kind: 'single',
        options: ['甲', '乙'],
        salt,
        right: hash(rightText(salt, [1])),
      },
    ],
  },
  files: [],
};
const ann = '0190a5d4-0000-7000-8000-000000000001';
const ben = '0190a5d4-0000-7000-8000-000000000002';
const post = {
  people: [ann, ben].map((personId) => ({ personId, name: personId, post: '' })),
  terminalId: 't-1',
  isSimulated: false,
};
const attempt = (n: number) => `0190a5d4-0000-7000-8000-0000000000f${n}`;
const handed = (n: number, answers = [[1]], personId = ann): HandedIn => ({
  attemptId: attempt(n),
  personId,
  answers,
  by: { method: 'pin', personId },
});
const look = { model: 'm', similarity: 0.8, margin: 0.5, threshold: 0.5, frames: 5, liveness: 1 };
const face: FaceEvidence = { ...look, challenge: 'blink' };
const known = (n: number, passed: boolean): KnownAttempt => ({
  attemptId: attempt(n),
  courseId: course.courseId,
  version: 1,
  personId: ann,
  score: passed ? 1 : 0,
  of: 1,
  passed,
});
const ground = { course, manifest, known: [] as readonly KnownAttempt[], hash };

test('a right quiz becomes a fact with its score alone', () => {
  expect(decideHandIn(ground, handed(1), post)).toEqual({
    decision: 'record',
    data: {
      courseId: course.courseId,
      version: 1,
      terminalId: 't-1',
      attemptId: attempt(1),
      personId: ann,
      method: 'pin',
      score: 1,
      of: 1,
      passed: true,
    },
    result: { score: 1, of: 1, passed: true },
    triesLeft: 1,
  });
});

test('a face or a witness stands in the fact with its evidence, of whose quiz it is alone', () => {
  const by = { method: 'face', personId: ann, face } as const;
  expect(decideHandIn(ground, { ...handed(1), by }, post)).toMatchObject({
    decision: 'record',
    data: { personId: ann, method: 'face', face },
  });
  const witnessed = { method: 'pin-witness', personId: ann, witnessId: ben } as const;
  expect(decideHandIn(ground, { ...handed(1), by: witnessed }, post)).toMatchObject({
    data: { method: 'pin-witness', witnessId: ben },
  });
});

test('the same attempt answers the same; another is a try, and tries end, each person for themselves', () => {
  const on = { ...ground, known: [known(1, false)] };
  const again = decideHandIn(on, handed(1), post);
  expect(again).toMatchObject({ decision: 'already', result: { score: 0 }, triesLeft: 1 });
  expect(decideHandIn(on, handed(2), post)).toMatchObject({ decision: 'record', triesLeft: 0 });
  const over = { ...ground, known: [known(1, false), known(2, false)] };
  expect(decideHandIn(over, handed(3), post)).toMatchObject({ code: 'no-tries-left' });
  expect(decideHandIn(over, handed(3, [[1]], ben), post)).toMatchObject({ decision: 'record' });
});

test.each([
  [{ ...ground, course: undefined }, handed(1), 'no-such-course'],
  [{ ...ground, manifest: null }, handed(1), 'course-not-here'],
  [ground, handed(1, [[1]], attempt(9)), 'person-not-on-list'],
  [ground, { ...handed(1), by: { method: 'face', personId: ben, face } }, 'quiz-of-another'],
  [
    ground,
    { ...handed(1), by: { method: 'pin-witness', personId: ann, witnessId: ann } },
    'witness-same',
  ],
  [
    ground,
    { ...handed(1), by: { method: 'pin-witness', personId: ann, witnessId: attempt(9) } },
    'person-not-on-list',
  ],
  [ground, handed(1, [[2]]), 'not-its-answers'],
  [ground, handed(1, []), 'not-its-answers'],
] as const)('%#: it is refused as %s', (on, what, code) => {
  expect(decideHandIn(on, what, post)).toMatchObject({ code });
});
