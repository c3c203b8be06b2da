import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join, relative } from 'node:path';
import type { MediasoupPackage } from './mediasoup-package.ts';

/** Flags, patches and shims: all that makes one binary another. */
export const RECIPE_DIR = join(import.meta.dirname, 'recipe');

/** Name of a binary's folder in the cache: another version, machine or recipe has another one. */
export function recipeKey(
  { version }: Pick<MediasoupPackage, 'version'>,
  recipeDir: string = RECIPE_DIR,
): string {
  const hash = createHash('sha256');
  const files = readdirSync(recipeDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files) {
    hash
      .update(`${relative(recipeDir, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return `${version}-${platform()}-${arch()}-${hash.digest('hex').slice(0, 12)}`;
}
