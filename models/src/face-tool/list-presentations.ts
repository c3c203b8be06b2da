import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import { LIMITS } from '#limits.ts';

/** One file that shows a person or an attack. */
export interface PresentationFile {
  readonly file: string;
  /** Kind of attack: the folder right below `attack/`, or `attack` itself; null for a living person. */
  readonly attack: string | null;
}

export const FILM = /\.(mp4|m4v|mov|avi|mkv|webm|mpg|mpeg|wmv)$/i;
const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i;

/**
 * The presentations of a folder with `bona-fide/` and `attack/`, in the order of their names.
 * @throws ToolRefusal when a folder is missing or both are empty.
 */
export async function listPresentations(
  dir: string,
): Promise<{ readonly files: readonly PresentationFile[]; readonly ignored: readonly string[] }> {
  const living = await filesBelow(join(dir, 'bona-fide'));
  const attacks = await filesBelow(join(dir, 'attack'));
  const all = [...living, ...attacks];
  const isOne = (file: string): boolean => FILM.test(file) || PICTURE.test(file);
  const files = [
    ...living.filter(isOne).map((file) => ({ file, attack: null })),
    ...attacks.filter(isOne).map((file) => ({ file, attack: kindOf(file, join(dir, 'attack')) })),
  ];
  if (files.length === 0) {
    throw new ToolRefusal(
      `${dir} holds no picture and no film: put living people into bona-fide/ and attacks into attack/.`,
    );
  }
  if (files.length > LIMITS.presentations) {
    throw new ToolRefusal(`${dir} holds more than ${LIMITS.presentations} files: cut it in parts.`);
  }
  return { files, ignored: all.filter((file) => !isOne(file)) };
}

async function filesBelow(dir: string): Promise<string[]> {
  const found = await stat(dir).catch(() => null);
  if (found?.isDirectory() !== true) {
    throw new ToolRefusal(
      `${dir} is not there: the folder needs bona-fide/ with living people and attack/ with attacks.`,
    );
  }
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function kindOf(file: string, dir: string): string {
  const parts = relative(dir, file).split(sep);
  return parts.length > 1 ? (parts[0] ?? 'attack') : 'attack';
}
