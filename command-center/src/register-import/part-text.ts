import { crc32 } from 'node:zlib';
import type { Archive } from './open-archive.ts';
import { refuseFile, WorkbookFault } from './workbook-fault.ts';

/** What a part's text is watched for while it passes. */
export interface TextWatch {
  readonly pattern: RegExp;
  /** Called with each match; may throw a WorkbookFault. */
  readonly onMatch: (match: RegExpExecArray) => void;
}

/** Longer than any match that is watched for: a match may lie across two pieces. */
const overlapCharacters = 256;

/**
 * The text of a part, piece by piece: whole characters, watched, and checked against its CRC-32 and its
 * closing tag at the end. Throws a WorkbookFault `damaged` where it is not what the list says.
 */
export async function* partText(
  archive: Archive,
  part: string,
  { end, watch = null }: { readonly end: string; readonly watch?: TextWatch | null },
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let sum = 0;
  let tail = '';
  const look = watcher(watch);
  try {
    for await (const piece of await archive.open(part)) {
      const bytes = piece as Buffer; // A stream of bytes.
      sum = crc32(bytes, sum);
      const text = decoder.decode(bytes, { stream: true });
      look(text);
      tail = (tail + text).slice(-overlapCharacters);
      yield text;
    }
    decoder.decode();
  } catch (cause) {
    if (cause instanceof WorkbookFault) throw cause;
    throw refuseFile('damaged', { part }, { cause });
  }
  const isWhole = sum === archive.checksumOf(part) && tail.trimEnd().endsWith(`${end}>`);
  if (!isWhole) throw refuseFile('damaged', { part });
}

function watcher(watch: TextWatch | null): (text: string) => void {
  if (watch === null) return () => undefined;
  const pattern = new RegExp(watch.pattern, 'g');
  let rest = '';
  return (text) => {
    const seen = rest + text;
    pattern.lastIndex = 0;
    let match = pattern.exec(seen);
    let from = Math.max(0, seen.length - overlapCharacters);
    while (match !== null) {
      watch.onMatch(match);
      from = Math.max(from, pattern.lastIndex);
      match = pattern.exec(seen);
    }
    rest = seen.slice(from);
  };
}
