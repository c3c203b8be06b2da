import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import type { CheckInMethod } from '../fact-types.ts';
import { regionPattern } from '../region-path.ts';
import type { CourseFileType, CourseLanguage } from './course.ts';
import { courseLimits } from './course.ts';
import { CourseLanguageCode, quizRules, Sha256 } from './course-package.ts';
import { DueDay } from './terminal-course.ts';

/*
 * 课程 between the console and the centre. Names stand in CourseResult alone.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const { titleChars, pageChars, captionChars, questionChars, optionChars } = courseLimits;
const Title = Type.String({ maxLength: titleChars });

/** 草稿. As far as it is written: what is missing is told when it is published. */
export const CourseDraft = Type.Object(
  {
    title: Title,
    language: CourseLanguageCode,
    lessons: Type.Array(
      Type.Union([
        Type.Object(
          {
            kind: Type.Literal('video'),
            title: Title,
            file: Type.Union([Sha256, Type.Null()]),
          },
          closed,
        ),
        Type.Object(
          {
            kind: Type.Literal('page'),
            title: Title,
            text: Type.String({ maxLength: pageChars }),
            pictures: Type.Array(
              Type.Object(
                { file: Sha256, caption: Type.String({ maxLength: captionChars }) },
                closed,
              ),
              { maxItems: courseLimits.picturesPerPage },
            ),
          },
          closed,
        ),
      ]),
      { maxItems: courseLimits.lessons },
    ),
    quiz: Type.Object(
      {
        ...quizRules,
        questions: Type.Array(
          Type.Object(
            {
              text: Type.String({ maxLength: questionChars }),
              kind: Type.Union([Type.Literal('single'), Type.Literal('multiple')]),
              options: Type.Array(Type.String({ maxLength: optionChars }), {
                maxItems: courseLimits.options,
              }),
              /** Options that are right, by number from 0. */
              right: Type.Array(Type.Integer({ minimum: 0, maximum: courseLimits.options - 1 }), {
                maxItems: courseLimits.options,
                uniqueItems: true,
              }),
            },
            closed,
          ),
          { maxItems: courseLimits.questions },
        ),
      },
      closed,
    ),
  },
  closed,
);
export type CourseDraft = Static<typeof CourseDraft>;

/** POST /api/courses → {courseId} */
export const CreateCourseRequest = Type.Object(
  { courseId: Uuid, region: Type.String({ pattern: regionPattern }), draft: CourseDraft },
  closed,
);
export type CreateCourseRequest = Static<typeof CreateCourseRequest>;

/** POST /api/courses/:courseId/draft → {revision}; `revision` is the one that was read. */
export const SaveDraftRequest = Type.Object(
  { revision: Type.Integer({ minimum: 1 }), draft: CourseDraft },
  closed,
);
export type SaveDraftRequest = Static<typeof SaveDraftRequest>;

/** PUT /api/courses/:courseId/uploads/:uploadId?at=&bytes= with a piece → how much is there now. */
export interface UploadReceived {
  readonly received: number;
}

/**
 * GET /api/courses/:courseId/uploads/:uploadId?bytes= : what becomes of it. Once it is whole it is checked by its
 * content, films are recoded, pictures written anew. DELETE ends it.
 */
export interface UploadProgress extends UploadReceived {
  /** Null = pieces are missing. Films wait for one another; `share` from 0 to 1. */
  readonly preparing: {
    readonly state: 'waiting' | 'working' | 'ready';
    readonly share: number;
  } | null;
}

/** GET /api/courses/:courseId/files/:sha256 : a film or picture of the draft, for who writes it; by range. */

/** POST /api/courses/:courseId/files → {sha256}; what was made of the upload is ready. */
export const FinishUploadRequest = Type.Object(
  { uploadId: Uuid, name: Type.String({ maxLength: 512 }) },
  closed,
);
export type FinishUploadRequest = Static<typeof FinishUploadRequest>;

/** POST /api/courses/:courseId/publish → {version} */
export const PublishCourseRequest = Type.Object({ revision: Type.Integer({ minimum: 1 }) }, closed);

/** POST /api/courses/:courseId/assign → {villages}; the newest version, to every terminal of the region. */
export const AssignCourseRequest = Type.Object(
  {
    region: Type.String({ pattern: regionPattern }),
    /** Null = no such day. */
    due: Type.Union([DueDay, Type.Null()]),
  },
  closed,
);
export type AssignCourseRequest = Static<typeof AssignCourseRequest>;

/** POST /api/courses/:courseId/withdraw → {courseId} */
export const WithdrawCourseRequest = Type.Object({}, closed);

/** How far villages and people are; of each village's own version. */
export interface CourseFigures {
  /** Villages whose terminals are to have it. */
  readonly assigned: number;
  readonly downloaded: number;
  /** People who handed in a quiz, and of them those who passed. */
  readonly completed: number;
  readonly passed: number;
}

/** GET /api/courses?region=&before= , newest first; figures within what the asker may see. */
export interface CourseLine extends CourseFigures {
  readonly courseId: string;
  readonly region: string;
  readonly title: string;
  readonly language: CourseLanguage;
  /** Login of the account that made it. */
  readonly by: string;
  readonly createdAt: string;
  /** The newest published one; null = a draft alone. */
  readonly version: number | null;
  readonly withdrawnAt: string | null;
}

/** A file that was uploaded for a course. */
export interface UploadedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly type: CourseFileType;
  /** As it was called where it came from. */
  readonly name: string;
}

/** One village; people are counted, never named. */
export interface CourseVillage {
  readonly region: string;
  /** The one it is to have. */
  readonly version: number;
  readonly due: string | null;
  readonly downloadedAt: string | null;
  readonly completed: number;
  readonly passed: number;
  readonly people: number;
}

/** GET /api/courses/:courseId?region= */
export interface CourseView extends CourseLine {
  readonly revision: number;
  /** The draft of who may change it; null for a region that only has it assigned. */
  readonly draft: CourseDraft | null;
  readonly files: readonly UploadedFile[];
  /** The draft differs from the newest version. */
  readonly isChanged: boolean;
  /** An assignment stands, wherever there are terminals yet. */
  readonly isAssigned: boolean;
  /** By code, so that no list is a ranking. */
  readonly villages: readonly CourseVillage[];
}

/** The best of a person and version: each counts once, late ones too. */
export interface CourseResult {
  readonly region: string;
  readonly personId: string;
  readonly name: string;
  readonly version: number;
  readonly score: number;
  readonly of: number;
  readonly passed: boolean;
  /** When the best one was handed in. */
  readonly at: string;
  readonly tries: number;
  /** Which of them the best one was, from 1. */
  readonly attempt: number;
  /** How they proved who they are when they handed it in. */
  readonly method: CheckInMethod;
  /** Who stood beside, with a PIN of their own. */
  readonly witness: string | null;
  /** The camera played recorded sample footage: nobody stood there. */
  readonly sampleCamera: boolean;
  /** After the end of the due day. */
  readonly isLate: boolean;
}

/** GET /api/courses/:courseId/villages/:region/results (audited): who completed it there, by name. */
export interface CourseResults {
  readonly results: readonly CourseResult[];
}

/** GET /api/courses/plan?region= : who would get a course now. */
export interface CoursePlan {
  readonly villages: number;
  readonly notEquipped: number;
}
