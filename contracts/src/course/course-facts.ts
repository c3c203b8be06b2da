import Type from 'typebox';
import { FaceEvidence } from '../face-evidence.ts';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { courseLimits, sha256Pattern } from './course.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

export const CourseVersion = Type.Integer({ minimum: 1, maximum: courseLimits.versions });

const ofVersion = { courseId: Uuid, version: CourseVersion };
const atTerminal = {
  ...ofVersion,
  terminalId: Type.String({ pattern: terminalIdPattern }),
  simulated: Type.Optional(Type.Literal(true)),
};

const completed = {
  ...atTerminal,
  attemptId: Uuid,
  personId: Uuid,
  /** Questions answered rightly, of so many. */
  score: Type.Integer({ minimum: 0, maximum: courseLimits.questions }),
  of: Type.Integer({ minimum: 1, maximum: courseLimits.questions }),
  passed: Type.Boolean(),
};

/** What a course says stands in no fact, nor what anybody answered: only how a quiz ended. */
export const courseFactData = {
  /** 已下载: every file is at the terminal, and each is what its hash says. */
  'course.downloaded': Type.Object(atTerminal, closed),
  /** 完成: a person handed in a quiz, with the evidence a check-in has. The same attempt counts once. */
  'course.completed': Type.Union([
    Type.Object({ ...completed, method: Type.Literal('face'), face: FaceEvidence }, closed),
    Type.Object({ ...completed, method: Type.Literal('pin') }, closed),
    Type.Object({ ...completed, method: Type.Literal('pin-witness'), witnessId: Uuid }, closed),
  ]),
  // Facts of the centre.
  'course.published': Type.Object(
    {
      ...ofVersion,
      /** Of the manifest, which names every file by its own hash. */
      sha256: Type.String({ pattern: sha256Pattern }),
    },
    closed,
  ),
  'course.assigned': Type.Object(
    { ...ofVersion, villages: Type.Integer({ minimum: 0, maximum: courseLimits.villages }) },
    closed,
  ),
  'course.withdrawn': Type.Object({ courseId: Uuid }, closed),
} as const;
