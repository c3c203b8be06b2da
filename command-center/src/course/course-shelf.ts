import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  courseFileTypes,
  isRefusal,
  refuse,
  type CourseFile,
  type Refusal,
  type UploadProgress,
} from '@sightline/contracts';
import { courseFilePath, courseUploadsDir } from '@sightline/store';
import { sniffedBytes, sniffType } from '#domain/course/sniff-type.ts';
import { shelfLimits } from './course-limits.ts';
import { Preparer, preparedPath } from './preparer.ts';

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

const wrongType = refuse(
  'course-file-type',
  'A film is MP4 or WebM, a picture JPEG, PNG or WebP: this is none of them.',
);
const tooLarge = refuse('course-file-too-large', 'A film has at most 512 MB, a picture 4 MB.');
const noRoom = refuse('centre-disk-full', 'The disk of the centre is full. Tell the operator.');
const gone = refuse('no-such-upload', 'This upload is not there any more. Send the file again.');

const notReady = refuse('upload-not-ready', 'This file is still being checked. Wait a moment.');

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

/** A whole upload is begun wherever it was left, also after a restart. */
async function lookAt(
  preparer: Preparer,
  path: string,
  bytes: number,
): Promise<UploadProgress | Refusal> {
  const received = await sizeOf(path);
  if (received === null) return gone;
  if (received < bytes) return { received, preparing: null };
  if (preparer.look(path) === null) {
    const type = await typeOf(path);
    if (type === null) return wrongType;
    if (received > courseFileTypes[type]) return tooLarge;
    preparer.begin(path, type);
  }
  const preparing = preparer.look(path);
  if (!isRefusal(preparing)) return { received, preparing };
  // Said once: what is no film is not kept.
  await preparer.forget(path);
  await removeUpload(path);
  return preparing;
}

async function finishUpload(
  dir: string,
  path: string,
  preparer: Preparer,
): Promise<CourseFile | Refusal> {
  const preparing = preparer.look(path);
  const sent = await typeOf(path);
  if (preparing === null || sent === null) return gone;
  if (isRefusal(preparing)) return preparing;
  if (preparing.state !== 'ready') return notReady;
  const made = preparedPath(path);
  // A film is MP4 whatever it came as; a picture stays of its kind.
  const type = sent.startsWith('video/') ? 'video/mp4' : sent;
  const { sha256, bytes } = await hashOf(made);
  if (bytes > courseFileTypes[type]) return tooLarge;
  const handle = await open(made, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
  const place = courseFilePath(dir, sha256);
  await mkdir(dirname(place), { recursive: true });
  await rename(made, place);
  await preparer.forget(path);
  await removeUpload(path);
  return { sha256, bytes, type };
}

async function removeUpload(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(preparedPath(path), { force: true });
}

async function hashOf(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    const part = chunk as Buffer; // A stream of bytes.
    hash.update(part);
    bytes += part.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function typeOf(path: string): Promise<CourseFile['type'] | null> {
  const handle = await open(path, 'r').catch(() => null); // Not there.
  if (handle === null) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    return sniffType(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
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
