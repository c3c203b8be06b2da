import {
  gradeQuiz,
  refuse,
  type CoursePackage,
  type FactData,
  type HashText,
  type QuizAnswers,
  type QuizResult,
  type Refusal,
  type TerminalCourse,
} from '@sightline/contracts';
import {
  notOnTheList,
  witnessIsSame,
  type Recognised,
  type WatchPost,
} from '#domain/decide-check-in.ts';

/** 下载时段, in the villages' time: minutes of the day. It may go over midnight; from = to is all day. */
export interface NightWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const dayMinutes = 24 * 60;
/** Terminals begin one after another over this share of the window: all at once would wait for each other. */
const spreadShare = 0.5;

/** Whether a terminal may fetch by itself now: in the window, from its own minute on. */
export function isDownloadTime(
  now: Temporal.Instant,
  terminalId: string,
  { fromMinute, toMinute }: NightWindow,
): boolean {
  const { hour, minute } = now.toZonedDateTimeISO('Asia/Shanghai');
  const since = (hour * 60 + minute - fromMinute + dayMinutes) % dayMinutes;
  const length = (toMinute - fromMinute + dayMinutes) % dayMinutes || dayMinutes;
  return since < length && since >= ownMinute(terminalId, length * spreadShare);
}

/** The same terminal begins at the same minute every night. */
function ownMinute(terminalId: string, spreadMinutes: number): number {
  let hash = 0;
  for (const char of terminalId) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return Math.floor((hash / 1_000_003) * spreadMinutes);
}

/** A quiz that was handed in here. */
export interface KnownAttempt extends QuizResult {
  readonly attemptId: string;
  readonly courseId: string;
  readonly version: number;
  readonly personId: string;
}

/** What somebody hands in; the attempt's id was drawn when the quiz began. */
export interface HandedIn {
  readonly attemptId: string;
  /** Whose quiz it is, as it was begun. */
  readonly personId: string;
  readonly answers: QuizAnswers;
  readonly by: Recognised;
}

export interface HandInGround {
  /** As the newest document has it; undefined = this terminal is not assigned it. */
  readonly course: TerminalCourse | undefined;
  /** Null = not here whole. */
  readonly manifest: CoursePackage | null;
  /** Of this course and version, by anybody. */
  readonly known: readonly KnownAttempt[];
  readonly hash: HashText;
}

export type HandInDecision = (
  | { readonly decision: 'record'; readonly data: FactData<'course.completed'> }
  | { readonly decision: 'already' }
) & { readonly result: QuizResult; readonly triesLeft: number };

/**
 * 交卷, by whose quiz it is and nobody else, with the evidence a check-in has. The same attempt once; as often
 * as the quiz allows. Nothing of the answers is kept.
 */
export function decideHandIn(
  { course, manifest, known, hash }: HandInGround,
  { attemptId, personId, answers, by }: HandedIn,
  post: Pick<WatchPost, 'people' | 'terminalId' | 'isSimulated'>,
): HandInDecision | Refusal {
  if (course === undefined) {
    return refuse(
      'no-such-course',
      'This terminal has no such course. It may have been withdrawn.',
    );
  }
  if (manifest === null) {
    return refuse('course-not-here', 'This course is not downloaded whole yet.');
  }
  const stranger = refusePerson(personId, by, post);
  if (stranger !== null) return stranger;
  const own = known.filter((attempt) => attempt.personId === personId);
  const before = own.find((attempt) => attempt.attemptId === attemptId);
  if (before !== undefined) {
    return { decision: 'already', result: before, triesLeft: course.tries - own.length };
  }
  if (own.length >= course.tries) {
    return refuse('no-tries-left', 'This person has handed in this quiz as often as it allows.');
  }
  const result = gradeQuiz(manifest.quiz, answers, hash);
  if (result === null) return refuse('not-its-answers', 'These are no answers of this quiz.');
  const { courseId, version } = course;
  const simulated = post.isSimulated ? ({ simulated: true } as const) : {};
  const { terminalId } = post;
  const data = {
    courseId,
    version,
    terminalId,
    attemptId,
    ...by,
    ...simulated,
  } as const;
  return {
    decision: 'record',
    data: { ...data, ...result },
    result,
    triesLeft: course.tries - own.length - 1,
  };
}

function refusePerson(
  personId: string,
  by: Recognised,
  { people }: Pick<WatchPost, 'people'>,
): Refusal | null {
  const isListed = (id: string) => people.some((person) => person.personId === id);
  if (!isListed(personId)) return notOnTheList();
  if (by.personId !== personId) {
    return refuse(
      'quiz-of-another',
      'Somebody else began this quiz. Each person hands in their own.',
    );
  }
  if (by.method !== 'pin-witness') return null;
  if (by.witnessId === personId) return witnessIsSame();
  return isListed(by.witnessId) ? null : notOnTheList();
}
