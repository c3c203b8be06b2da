import type { CourseDraft } from '@sightline/contracts';
import type { NewVersion } from './change-course.ts';
import type { CourseCase } from './hold-course.ts';

/** A lesson with a film, and a question. */
export function testDraft(film: string): CourseDraft {
  return {
    title: '防火常识',
    language: 'zh',
    lessons: [{ kind: 'video', title: '灭火器', file: film }],
    quiz: {
      passPercent: 50,
      tries: 3,
      questions: [{ text: '先拔什么？', kind: 'single', options: ['插销', '喷管'], right: [0] }],
    },
  };
}

/** What packing a held course would make of it; its manifest's hash is its number, 64 times. */
export function testVersion(
  held: Pick<CourseCase, 'revision' | 'draft'>,
  parts: { readonly version: number; readonly film: string; readonly accountId: string },
): NewVersion {
  const { version, film, accountId } = parts;
  return {
    version,
    revision: held.revision,
    title: held.draft.title,
    language: held.draft.language,
    sha256: String(version).repeat(64),
    manifestBytes: 100,
    packageBytes: 1_100,
    questions: 1,
    passPercent: 50,
    tries: 3,
    accountId,
    files: [{ sha256: film, bytes: 1_000, type: 'video/mp4' }],
  };
}
