import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { courseFileTypes, refuse, type CourseFile, type Refusal } from '@sightline/contracts';
import { courseFilePath, courseUploadsDir } from '@sightline/store';
import { sniffedBytes, sniffType } from '#domain/course/sniff-type.ts';
import { shelfLimits } from './course-limits.ts';

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
  /** The upload is whole: what it is. Refuses `no-such-upload` and what `take` refuses. */
  finish(upload: Upload): Promise<CourseFile | Refusal>;
  /** Lays down a text by its hash. */
  lay(text: string): Promise<{ readonly sha256: string; readonly bytes: number }>;
}

const wrongType = refuse(
  'course-file-type',
  'A film is MP4 or WebM, a picture JPEG, PNG or WebP: this is none of them.',
);
const tooLarge = refuse('course-file-too-large', 'A film has at most 512 MB, a picture 4 MB.');
const noRoom = refuse('centre-disk-full', 'The disk of the centre is full. Tell the operator.');
const gone = refuse('no-such-upload', 'This upload is not there any more. Send the file again.');

export function openCourseShelf(dir: string): CourseShelf {
  const busy = new Set<string>();
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
    finish: (upload) => alone(upload, (path) => finishUpload(dir, path)),
    lay: (text) => layText(dir, text),
    async [Symbol.asyncDispose]() {
      clearInterval(sweeping);
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
  if ((await readdir(dir)).length >= shelfLimits.uploads) {
    return refuse(
      'too-many-uploads',
      'Other files are being uploaded. Try again in a few minutes.',
    );
  }
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize - bytes < shelfLimits.diskHeadroomBytes ? noRoom : null;
}

async function finishUpload(dir: string, path: string): Promise<CourseFile | Refusal> {
  const bytes = await sizeOf(path);
  if (bytes === null || bytes === 0) return gone;
  const hash = createHash('sha256');
  let type: CourseFile['type'] | null = null;
  for await (const chunk of createReadStream(path)) {
    const part = chunk as Buffer; // A stream of bytes.
    type ??= sniffType(part.subarray(0, sniffedBytes));
    hash.update(part);
  }
  if (type === null) return wrongType;
  if (bytes > courseFileTypes[type]) return tooLarge;
  const sha256 = hash.digest('hex');
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
  const place = courseFilePath(dir, sha256);
  await mkdir(dirname(place), { recursive: true });
  await rename(path, place);
  return { sha256, bytes, type };
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

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null); // Not there yet.
  return found?.size ?? null;
}

function isNoSpace(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC';
}
