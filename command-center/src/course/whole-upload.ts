import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  courseFileTypes,
  isRefusal,
  refuse,
  type CourseFile,
  type Refusal,
  type UploadProgress,
} from '@sightline/contracts';
import { courseFilePath } from '@sightline/store';
import { sniffedBytes, sniffType } from '#domain/course/sniff-type.ts';
import { preparedPath, type Preparer } from './preparer.ts';

export const wrongType = refuse(
  'course-file-type',
  'A film is MP4 or WebM, a picture JPEG, PNG or WebP: this is none of them.',
);
export const tooLarge = refuse(
  'course-file-too-large',
  'A film has at most 512 MB, a picture 4 MB.',
);
const gone = refuse('no-such-upload', 'This upload is not there any more. Send the file again.');
const notReady = refuse('upload-not-ready', 'This file is still being checked. Wait a moment.');

/** A whole upload is begun wherever it was left, also after a restart. */
export async function lookAt(
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

/** Gives what was made its place, under its hash. */
export async function finishUpload(
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

export async function removeUpload(path: string): Promise<void> {
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

export async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null); // Not there yet.
  return found?.size ?? null;
}
