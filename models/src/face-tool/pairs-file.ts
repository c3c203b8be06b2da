import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import { LIMITS } from '#limits.ts';

/** A line of a file of pairs: two pictures, and whether they show one person. */
export interface Pair {
  readonly files: readonly [string, string];
  readonly isGenuine: boolean;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** What is wrong with the lines that are none, with their numbers. */
  readonly faults: readonly string[];
}

/**
 * Reads `pathA⇥pathB⇥1|0` lines; empty lines and those that begin with # are left out. Paths are below `root`.
 * @throws ToolRefusal when the file is not there, too large, or holds no pair.
 */
export async function readPairs(file: string, root: string): Promise<Pairs> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true)
    throw new ToolRefusal(`${file} is not there: name a file of pairs.`);
  if (found.size > LIMITS.pairsFileBytes) {
    throw new ToolRefusal(
      `${file} is larger than ${LIMITS.pairsFileBytes} bytes: cut it in parts.`,
    );
  }
  const read = parsePairs(await readFile(file, 'utf8'), root);
  if (read.pairs.length === 0) {
    const why = read.faults[0] ?? 'it is empty';
    throw new ToolRefusal(
      `${file} holds no pair (${why}): write lines of two paths and 1 or 0, with tabs between.`,
    );
  }
  if (read.pairs.length > LIMITS.scoredPairs) {
    throw new ToolRefusal(`${file} holds more than ${LIMITS.scoredPairs} pairs: cut it in parts.`);
  }
  return read;
}

export function parsePairs(text: string, root: string): Pairs {
  const pairs: Pair[] = [];
  const faults: string[] = [];
  const place = (path: string): string => (isAbsolute(path) ? path : join(root, path));
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [a = '', b = '', label = '', ...rest] = line.split('\t').map((field) => field.trim());
    if (a === '' || b === '' || !/^[01]$/.test(label) || rest.length > 0) {
      faults.push(`line ${i + 1} is no pair: "${line.slice(0, 120)}"`);
    } else pairs.push({ files: [place(a), place(b)], isGenuine: label === '1' });
  }
  return { pairs, faults };
}
