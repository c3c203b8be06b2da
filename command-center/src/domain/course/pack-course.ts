import {
  filesOfDraft,
  rightText,
  type CourseDraft,
  type CoursePackage,
  type HashText,
  type UploadedFile,
} from '@sightline/contracts';

export interface PackParts {
  readonly courseId: string;
  readonly version: number;
  /** Without a fault (`findDraftFault`). */
  readonly draft: CourseDraft;
  /** Those of the course; what the draft shows is among them. */
  readonly files: readonly UploadedFile[];
}

/** What is drawn and computed for a package. */
export interface PackTools {
  readonly hash: HashText;
  /** A new one for each question, base64url. */
  readonly newSalt: () => string;
}

/**
 * 打包: the manifest of a version. What is right goes in as a salted hash a question: it is not read by who
 * looks at the file, and who tries every set of options finds it (`docs/decisions/0018-courses.md`).
 */
export function packCourse(parts: PackParts, { hash, newSalt }: PackTools): CoursePackage {
  const { courseId, version, draft, files } = parts;
  const shown = new Set(filesOfDraft(draft));
  return {
    v: 1,
    courseId,
    version,
    title: draft.title.trim(),
    language: draft.language,
    lessons: draft.lessons.map((lesson) => {
      const title = lesson.title.trim();
      if (lesson.kind === 'page') return { ...lesson, title, text: lesson.text.trim() };
      if (lesson.file === null) throw new Error(`The lesson "${title}" has no film.`);
      return { kind: 'video', title, file: lesson.file };
    }),
    quiz: {
      passPercent: draft.quiz.passPercent,
      tries: draft.quiz.tries,
      questions: draft.quiz.questions.map(({ text, kind, options, right }) => {
        const salt = newSalt();
        return {
          text: text.trim(),
          kind,
          options: options.map((option) => option.trim()),
          salt,
          right: hash(rightText(salt, right)),
        };
      }),
    },
    files: files
      .filter(({ sha256 }) => shown.has(sha256))
      .map(({ sha256, bytes, type }) => ({ sha256, bytes, type })),
  };
}
