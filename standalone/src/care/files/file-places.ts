import { join } from 'node:path';

/** Where an installation's files lie. */
export interface FilePlaces {
  /** Recordings and decks, a folder a meeting. */
  readonly mediaDir: string;
  /** Films and pictures of courses, by their SHA-256. */
  readonly coursesDir: string;
}

/** One kind of files: a folder of the installation, and its place in a copy. */
export interface FileShelf {
  readonly name: 'recordings' | 'decks' | 'courses';
  readonly installed: string;
  readonly copied: string;
}

export function shelvesOf(
  { mediaDir, coursesDir }: FilePlaces,
  copyDir: string,
): readonly FileShelf[] {
  return [
    {
      name: 'recordings',
      installed: join(mediaDir, 'recordings'),
      copied: join(copyDir, 'recordings'),
    },
    { name: 'decks', installed: join(mediaDir, 'decks'), copied: join(copyDir, 'decks') },
    { name: 'courses', installed: join(coursesDir, 'files'), copied: join(copyDir, 'courses') },
  ];
}
