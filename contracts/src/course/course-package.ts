import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { hashPattern, uuidPattern } from '../fact.ts';
import { courseFileTypes, courseLimits, sha256Pattern } from './course.ts';
import { CourseVersion } from './course-facts.ts';

const closed = { additionalProperties: false } as const;
const { titleChars, lessons, pageChars, picturesPerPage, captionChars } = courseLimits;
const { questions, questionChars, options, optionChars, fewestOptions, tries } = courseLimits;

export const Sha256 = Type.String({ pattern: sha256Pattern });
export const CourseTitle = Type.String({ minLength: 1, maxLength: titleChars });
export const CourseLanguageCode = Type.Union([
  Type.Literal('zh'),
  Type.Literal('bo'),
  Type.Literal('en'),
]);
export const CourseFileTypeCode = Type.Union([
  Type.Literal('video/mp4'),
  Type.Literal('video/webm'),
  Type.Literal('image/jpeg'),
  Type.Literal('image/png'),
  Type.Literal('image/webp'),
]);
const largestBytes = Math.max(...Object.values(courseFileTypes));

/** A file as manifest and terminal know it. */
export const CourseFile = Type.Object(
  {
    sha256: Sha256,
    bytes: Type.Integer({ minimum: 1, maximum: largestBytes }),
    type: CourseFileTypeCode,
  },
  closed,
);
export type CourseFile = Static<typeof CourseFile>;

/** 一课: a film, or a page of text with pictures. */
export const CourseLesson = Type.Union([
  Type.Object({ kind: Type.Literal('video'), title: CourseTitle, file: Sha256 }, closed),
  Type.Object(
    {
      kind: Type.Literal('page'),
      title: CourseTitle,
      text: Type.String({ maxLength: pageChars }),
      pictures: Type.Array(
        Type.Object({ file: Sha256, caption: Type.String({ maxLength: captionChars }) }, closed),
        { maxItems: picturesPerPage },
      ),
    },
    closed,
  ),
]);
export type CourseLesson = Static<typeof CourseLesson>;

/** What a question asks; which options are right is said apart. */
export const askedQuestion = {
  text: Type.String({ minLength: 1, maxLength: questionChars }),
  /** One option, or any number of them. */
  kind: Type.Union([Type.Literal('single'), Type.Literal('multiple')]),
  options: Type.Array(Type.String({ minLength: 1, maxLength: optionChars }), {
    minItems: fewestOptions,
    maxItems: options,
  }),
};

export const quizRules = {
  /** Of the questions, in per cent. */
  passPercent: Type.Integer({ minimum: 1, maximum: 100 }),
  /** A person and version. */
  tries: Type.Integer({ minimum: 1, maximum: tries }),
};

/** The quiz as it stands at a terminal: what is right is there as salted hashes alone. */
export const PackedQuiz = Type.Object(
  {
    ...quizRules,
    questions: Type.Array(
      Type.Object(
        {
          ...askedQuestion,
          salt: Type.String({ pattern: '^[A-Za-z0-9_-]{16,43}$' }),
          /** SHA-256 of `rightText`, base64url. */
          right: Type.String({ pattern: hashPattern }),
        },
        closed,
      ),
      { minItems: 1, maxItems: questions },
    ),
  },
  closed,
);
export type PackedQuiz = Static<typeof PackedQuiz>;

/** 课程包: the manifest of one version. Its own hash stands in the terminal's document, each file's here. */
export const CoursePackage = Type.Object(
  {
    v: Type.Literal(1),
    courseId: Type.String({ pattern: uuidPattern }),
    version: CourseVersion,
    title: CourseTitle,
    language: CourseLanguageCode,
    lessons: Type.Array(CourseLesson, { minItems: 1, maxItems: lessons }),
    quiz: PackedQuiz,
    files: Type.Array(CourseFile, { maxItems: lessons * picturesPerPage }),
  },
  closed,
);
export type CoursePackage = Static<typeof CoursePackage>;

const packageCheck = Compile(CoursePackage);

/** The manifest in a text, or null when it is none. Never throws. */
export function parseCoursePackage(text: string): CoursePackage | null {
  try {
    const value: unknown = JSON.parse(text);
    return packageCheck.Check(value) ? value : null;
  } catch {
    return null;
  }
}
