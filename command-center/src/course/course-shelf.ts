import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  courseFileTypes,
  refuse,
  type CourseFile,
  type Refusal,
  type UploadProgress,
} from '@sightline/contracts';
import { courseFilePath, courseUploadsDir } from '@sightline/store';
import { sniffedBytes, sniffType } from '#domain/course/sniff-type.ts';
import { shelfLimits } from './course-limits.ts';
import { Preparer } from './preparer.ts';
import { finishUpload, lookAt, removeUpload, sizeOf, tooLarge, wrongType } from './whole-upload.ts';

/** One upload: of this course, under an id that the page drew. */
export interface Upload {
  readonly courseId: string;
  readonly uploadId: string;
}

export interface Piece {
  /** Where it begins in the file. */
  readonly at: number;
  /** How long the file will be. */
  readonly bytes: number;
  readonly body: Buffer;
}

/** 课程文件. Files of courses on the disk: pieces that become whole, and whole ones by their hash. */
export interface CourseShelf extends AsyncDisposable {
  /**
   * Takes the next piece; how much is there now, also where the piece did not fit on. Refuses what no
   * lesson shows by its first bytes, what is too large, and where there is no room.
   */
  take(upload: Upload, piece: Piece): Promise<number | Refusal>;
  /** How much of `bytes` is there and, once it is whole, how far what is made of it; why it is none. */
  look(upload: Upload, bytes: number): Promise<UploadProgress | Refusal>;
  /** What was made of the upload has its place: what it is. Refuses `no-such-upload` and one not ready. */
  finish(upload: Upload): Promise<CourseFile | Refusal>;
  /** Ends it, whatever was done with it. */
  drop(upload: Upload): Promise<void>;
  /** Lays down a text by its hash. */
  lay(text: string): Promise<{ readonly sha256: string; readonly bytes: number }>;
}

const noRoom = refuse('centre-disk-full', 'The disk of the centre is full. Tell the operator.');

export function openCourseShelf(dir: string, onFault: (fault: unknown) => void): CourseShelf {
  const busy = new Set<string>();
  const preparer = new Preparer(onFault);
  const pathOf = ({ courseId, uploadId }: Upload) =>
    join(courseUploadsDir(dir), `${courseId}.${uploadId}`);
  /** One piece of an upload at a time: two at once would tear it. */
  async function alone<T>(upload: Upload, work: (path: string) => Promise<T>) {
    const path = pathOf(upload);
    if (busy.has(path)) return refuse('upload-busy', 'A piece of this file is on its way already.');
    busy.add(path);
    try {
      return await work(path);
    } finally {
      busy.delete(path);
    }
  }
  const sweeping = setInterval(() => void sweep(dir), shelfLimits.sweepMs);
  sweeping.unref();
  return {
    take: (upload, piece) => alone(upload, (path) => takePiece(path, piece)),
    look: (upload, bytes) => alone(upload, (path) => lookAt(preparer, path, bytes)),
    finish: (upload) => alone(upload, (path) => finishUpload(dir, path, preparer)),
    async drop(upload) {
      const path = pathOf(upload);
      await preparer.forget(path);
      await removeUpload(path);
    },
    lay: (text) => layText(dir, text),
    async [Symbol.asyncDispose]() {
      clearInterval(sweeping);
      await preparer[Symbol.asyncDispose]();
    },
  };
}

async function takePiece(path: string, { at, bytes, body }: Piece): Promise<number | Refusal> {
  const there = await sizeOf(path);
  if (at !== (there ?? 0)) return there ?? 0;
  if (there === null) {
    const refusal = refuseHead(body, bytes) ?? (await refuseNew(dirname(path), bytes));
    if (refusal !== null) return refusal;
  }
  if (at + body.length > bytes) return tooLarge;
  const handle = await open(path, there === null ? 'wx' : 'r+');
  try {
    await handle.write(body, 0, body.length, at);
    return at + body.length;
  } catch (fault) {
    if (!isNoSpace(fault)) throw fault;
    await handle.truncate(at);
    return noRoom;
  } finally {
    await handle.close();
  }
}

/** What the first bytes tell. */
function refuseHead(head: Buffer, bytes: number): Refusal | null {
  const type = sniffType(head.subarray(0, sniffedBytes));
  if (type === null) return wrongType;
  return bytes > courseFileTypes[type] ? tooLarge : null;
}

async function refuseNew(dir: string, bytes: number): Promise<Refusal | null> {
  await mkdir(dir, { recursive: true });
  const there = (await readdir(dir)).filter((name) => !name.endsWith('.ready'));
  if (there.length >= shelfLimits.uploads) {
    return refuse(
      'too-many-uploads',
      'Other files are being uploaded. Try again in a few minutes.',
    );
  }
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize - bytes < shelfLimits.diskHeadroomBytes ? noRoom : null;
}

async function layText(dir: string, text: string) {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const place = courseFilePath(dir, sha256);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(`${place}.new`, text, { flush: true });
  await rename(`${place}.new`, place);
  return { sha256, bytes: Buffer.byteLength(text) };
}

/** Uploads that nobody went on with. */
async function sweep(dir: string): Promise<void> {
  const uploads = courseUploadsDir(dir);
  const names = await readdir(uploads).catch(() => []); // Nothing was ever uploaded.
  const before = Date.now() - shelfLimits.uploadHours * 3_600_000;
  for (const name of names) {
    const path = join(uploads, name);
    const found = await stat(path).catch(() => null); // It became whole meanwhile.
    if (found !== null && found.mtimeMs < before) await rm(path, { force: true });
  }
}

function isNoSpace(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC';
}
