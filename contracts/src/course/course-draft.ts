import { courseLimits } from './course.ts';
import type { CourseDraft } from './course-api.ts';

/** What keeps a draft from being published, and which lesson or question it is, from 1. */
export interface DraftFault {
  readonly code:
    | 'course-title'
    | 'no-lesson'
    | 'lesson-empty'
    | 'no-question'
    | 'question-empty'
    | 'no-right-option'
    | 'unwritable-course';
  /** 0 where it is none of them. */
  readonly nth: number;
}

/** 能否发布: the first thing that is missing, in the order of the page; null = nothing. */
export function findDraftFault(draft: CourseDraft): DraftFault | null {
  if (draft.title.trim() === '') return { code: 'course-title', nth: 0 };
  if (unwritable.test(textsOf(draft).join(''))) return { code: 'unwritable-course', nth: 0 };
  return findLessonFault(draft) ?? findQuestionFault(draft);
}

function findLessonFault({ lessons }: CourseDraft): DraftFault | null {
  if (lessons.length === 0) return { code: 'no-lesson', nth: 0 };
  const nth = lessons.findIndex((lesson) => {
    if (lesson.title.trim() === '') return true;
    if (lesson.kind === 'video') return lesson.file === null;
    return lesson.text.trim() === '' && lesson.pictures.length === 0;
  });
  return nth < 0 ? null : { code: 'lesson-empty', nth: nth + 1 };
}

function findQuestionFault({ quiz: { questions } }: CourseDraft): DraftFault | null {
  if (questions.length === 0) return { code: 'no-question', nth: 0 };
  for (const [index, { text, kind, options, right }] of questions.entries()) {
    const nth = index + 1;
    const tidy = options.map((option) => option.trim());
    const isWhole = tidy.length >= courseLimits.fewestOptions && !tidy.includes('');
    if (text.trim() === '' || !isWhole || new Set(tidy).size < tidy.length) {
      return { code: 'question-empty', nth };
    }
    const isRight = right.length > 0 && right.every((option) => option < options.length);
    if (!isRight || (kind === 'single' && right.length > 1))
      return { code: 'no-right-option', nth };
  }
  return null;
}

function textsOf({ title, lessons, quiz }: CourseDraft): string[] {
  return [
    title,
    ...lessons.flatMap((lesson) => [
      lesson.title,
      ...(lesson.kind === 'page'
        ? [lesson.text, ...lesson.pictures.map(({ caption }) => caption)]
        : []),
    ]),
    ...quiz.questions.flatMap(({ text, options }) => [text, ...options]),
  ];
}

/** Control characters beside line ends and tabs, and halves of characters: the database keeps neither. */
const unwritable = /\p{Cs}|(?![\n\r\t])\p{Cc}/u;

/** The files a draft shows, each once. */
export function filesOfDraft({ lessons }: Pick<CourseDraft, 'lessons'>): string[] {
  const files = lessons.flatMap((lesson) =>
    lesson.kind === 'page'
      ? lesson.pictures.map(({ file }) => file)
      : lesson.file === null
        ? []
        : [lesson.file],
  );
  return [...new Set(files)];
}
