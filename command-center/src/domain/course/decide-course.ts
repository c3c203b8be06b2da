import {
  courseLimits,
  filesOfDraft,
  findDraftFault,
  refuse,
  type CourseDraft,
  type DraftFault,
  type Refusal,
  type UploadedFile,
} from '@sightline/contracts';

/** A course as the rules need it. */
export interface CourseGround {
  readonly draft: CourseDraft;
  readonly revision: number;
  readonly files: readonly UploadedFile[];
  /** The newest version and the draft it was made of; null = none. */
  readonly newest: { readonly version: number; readonly revision: number } | null;
}

/** Whether a change was thought of for what stands now; null = yes. */
export function refuseRevision(
  seen: number,
  { revision }: { readonly revision: number },
): Refusal | null {
  return seen === revision
    ? null
    : refuse('course-changed', 'Somebody else changed the course meanwhile. Read it again.');
}

/** Whether a draft may be kept; null = yes. Films and pictures are those that were uploaded for it. */
export function refuseDraft(
  draft: CourseDraft,
  files: readonly Pick<UploadedFile, 'sha256' | 'type'>[],
): Refusal | null {
  const types = new Map(files.map(({ sha256, type }) => [sha256, type]));
  for (const lesson of draft.lessons) {
    const wanted = lesson.kind === 'video' ? 'video/' : 'image/';
    const shown = lesson.kind === 'video' ? [lesson.file] : lesson.pictures.map(({ file }) => file);
    const isThere = (file: string | null) => file === null || types.get(file)?.startsWith(wanted);
    if (!shown.every(isThere)) {
      return refuse('no-such-file', 'A lesson shows a file that was not uploaded for this course.');
    }
  }
  return null;
}

/** 能否发布: null, or why not. */
export function refusePublish({ draft, revision, files, newest }: CourseGround): Refusal | null {
  if (newest?.revision === revision) {
    return refuse('nothing-new', `Version ${newest.version} says just this.`);
  }
  if ((newest?.version ?? 0) >= courseLimits.versions) {
    return refuse('too-many-versions', 'This course has had all its versions. Begin another one.');
  }
  const fault = findDraftFault(draft);
  if (fault !== null) return refuse(fault.code, faultWords[fault.code](fault.nth));
  const shown = new Set(filesOfDraft(draft));
  const bytes = files
    .filter(({ sha256 }) => shown.has(sha256))
    .reduce((sum, file) => sum + file.bytes, courseLimits.documentBytes);
  return bytes > courseLimits.packageBytes
    ? refuse('course-too-large', 'Films and pictures together exceed 1 GB. Use smaller films.')
    : null;
}

const faultWords: Readonly<Record<DraftFault['code'], (nth: number) => string>> = {
  'course-title': () => 'Give the course a title.',
  'no-lesson': () => 'Add a lesson.',
  'lesson-empty': (nth) => `Lesson ${nth} needs a title, and a film or a text.`,
  'no-question': () => 'Add a question: the quiz is what counts.',
  'question-empty': (nth) => `Question ${nth} needs a text and two different options at least.`,
  'no-right-option': (nth) => `Mark what is right in question ${nth}.`,
  'unwritable-course': () => 'It holds characters that no page can show. Type it again.',
};

export interface AssignmentGround {
  /** Of the region, with a terminal or without: one that comes later gets it too. */
  readonly villages: number;
  readonly newest: object | null;
  /** Of today in the villages' zone. */
  readonly today: string;
}

/** 能否布置: null, or why not. */
export function refuseAssignment(
  due: string | null,
  { villages, newest, today }: AssignmentGround,
): Refusal | null {
  if (newest === null) return refuse('not-published', 'Publish the course first.');
  if (due !== null && !isAhead(due, today)) {
    return refuse(
      'due-day',
      `The last day is today or later, by ${courseLimits.dueMaxDays} days at most.`,
    );
  }
  return villages === 0 ? refuse('nobody-to-tell', 'There is no village.') : null;
}

function isAhead(due: string, today: string): boolean {
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(due);
  } catch {
    return false; // 2026-02-31.
  }
  const first = Temporal.PlainDate.from(today);
  const last = first.add({ days: courseLimits.dueMaxDays });
  return Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0;
}

/** Whether it may be withdrawn; null = yes. */
export function refuseCourseWithdrawal({
  isWithdrawn,
  isAssigned,
}: {
  readonly isWithdrawn: boolean;
  readonly isAssigned: boolean;
}): Refusal | null {
  if (isWithdrawn) return refuse('withdrawn-before', 'It was withdrawn already.');
  return isAssigned
    ? null
    : refuse('not-assigned', 'No village has it: there is nothing to withdraw.');
}
