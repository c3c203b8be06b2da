import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import type { CourseRecords } from '#course/course-records.ts';
import { fetchPiece, type PieceSource } from '#course/fetch-piece.ts';
import type { NamedFile, PackageFiles } from '#course/package-files.ts';
import { sqliteCode } from '#outbox/sqlite-code.ts';
import { limits } from '#limits.ts';

export interface FetchParts extends PieceSource {
  readonly files: PackageFiles;
  readonly records: CourseRecords;
  /** 限速. */
  readonly bytesPerS: number;
  /** So many more bytes of this terminal's packages are here. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Fetches what is missing of a file, piece by piece, each on the disk before the next is asked for: cut
 * anywhere, the next try goes on behind the last whole piece. Null = it is here and is what its hash says.
 * Refuses `no-space`, `not-assigned`, and `corrupt-file` where it came whole and wrong (it is then gone).
 */
export async function fetchFile(
  parts: FetchParts,
  file: NamedFile,
  signal: AbortSignal,
): Promise<Refusal | null> {
  const { files, records, bytesPerS } = parts;
  let at = await resumeAt(parts, file);
  while (at < file.bytes) {
    const beganMs = performance.now();
    const to = Math.min(at + limits.course.pieceBytes, file.bytes) - 1;
    const piece = await fetchPiece(parts, { file, from: at, to, signal });
    if (isRefusal(piece)) return piece;
    const refusal = await keep(parts, file, { at, piece });
    if (refusal !== null) return refusal;
    at = to + 1;
    parts.onBytes(piece.length);
    const owedMs = (piece.length / bytesPerS) * 1_000 - (performance.now() - beganMs);
    if (owedMs > 0) await sleep(owedMs, undefined, { signal });
  }
  const isRight = await files.finish(file);
  records.forgetPart(file.sha256);
  return isRight
    ? null
    : refuse(
        'corrupt-file',
        'A file came with other bytes than its hash says. It is fetched again.',
      );
}

/** Behind the last piece that is on the disk for sure; from the beginning where less is there. */
async function resumeAt({ files, records }: FetchParts, file: NamedFile): Promise<number> {
  const done = records.doneOf(file.sha256);
  if (done <= (await files.partBytes(file)) && done <= file.bytes) return done;
  records.forgetPart(file.sha256);
  return 0;
}

async function keep(
  { files, records }: FetchParts,
  file: NamedFile,
  { at, piece }: { readonly at: number; readonly piece: Buffer },
): Promise<Refusal | null> {
  try {
    await files.write(file, at, piece);
    records.noteDone(file.sha256, at + piece.length);
    return null;
  } catch (fault) {
    if (!isNoSpace(fault)) throw fault;
    // The room is given back at once: facts come first.
    await files.dropPart(file);
    records.forgetPart(file.sha256);
    return refuse('no-space', 'The disk of this terminal is full.');
  }
}

function isNoSpace(fault: unknown): boolean {
  // The records stand on the same disk: either may be the first to find it full.
  const isFile = fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC';
  return isFile || sqliteCode(fault) === 'full';
}
