/*
 * What pages need of courses: no schemas here, so that a page does not carry the schema language.
 */

export const courseLimits = {
  /** Unicode characters, not bytes: a Tibetan syllable has several. */
  titleChars: 60,
  lessons: 12,
  pageChars: 2_000,
  picturesPerPage: 4,
  captionChars: 60,
  questions: 20,
  questionChars: 200,
  fewestOptions: 2,
  options: 6,
  optionChars: 80,
  tries: 5,
  videoBytes: 512 * 1024 ** 2,
  pictureBytes: 4 * 1024 ** 2,
  /** Everything a terminal fetches of one version. */
  packageBytes: 1024 ** 3,
  /** A draft, and the manifest that it becomes, as JSON. */
  documentBytes: 256 * 1024,
  /** What the console sends at a time of a file. */
  pieceBytes: 512 * 1024,
  /** Courses a terminal is told of: those assigned last. */
  perTerminal: 10,
  /** Villages of the prefecture and some more. */
  villages: 2_000,
  dueMaxDays: 366,
  versions: 999,
  /** Files of one course that were uploaded, used or not. */
  filesPerCourse: 100,
} as const;

export const courseLanguages = ['zh', 'bo', 'en'] as const;
export type CourseLanguage = (typeof courseLanguages)[number];

/** What a lesson may show, by the ceiling of its kind; told by the first bytes, not by the name. */
export const courseFileTypes = {
  'video/mp4': courseLimits.videoBytes,
  'video/webm': courseLimits.videoBytes,
  'image/jpeg': courseLimits.pictureBytes,
  'image/png': courseLimits.pictureBytes,
  'image/webp': courseLimits.pictureBytes,
} as const;
export type CourseFileType = keyof typeof courseFileTypes;

/** SHA-256 of a file, as its name: lower-case, for disks that do not tell A from a. */
export const sha256Pattern = '^[0-9a-f]{64}$';

/** All facts of a course, of the centre and of the villages, share this key. */
export function courseStream(region: string, courseId: string): string {
  return `course/${region}/${courseId}`;
}

/** The bytes a device key signs to fetch one file: a server nonce, single use. */
export function fetchText(source: string, nonce: string, sha256: string): string {
  return `sightline fetch v1\n${source}\n${nonce}\n${sha256}`;
}
