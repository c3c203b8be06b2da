import {
  courseFileTypes,
  courseLimits,
  type UploadProgress,
  type UploadReceived,
} from '@sightline/contracts';
import { change, get, Problem, putPiece } from '../api/call.ts';

/** Where a file is: on its way, waiting for others, or being made into what terminals play; share from 0 to 1. */
export interface FileProgress {
  readonly step: 'sending' | 'waiting' | 'working';
  readonly share: number;
}

export interface UploadOrder {
  readonly courseId: string;
  readonly file: File;
  readonly kind: 'video' | 'image';
  readonly onProgress: (progress: FileProgress) => void;
  readonly signal: AbortSignal;
}

const attempts = 5;
const pauseMs = 1_000;

/**
 * Sends a file in pieces, each from where the server says it is: a piece that got lost is sent again, a
 * line that breaks for a moment costs one piece. Then the server makes of it what terminals play. The hash under which the file then stands.
 */
export async function uploadFile(order: UploadOrder): Promise<string> {
  const { courseId, file } = order;
  const refusal = refuseFile(order);
  if (refusal !== null) throw refusal;
  const uploadId = crypto.randomUUID();
  const url = `/api/courses/${courseId}/uploads/${uploadId}`;
  order.signal.addEventListener('abort', () => drop(url), { once: true });
  let at = 0;
  while (at < file.size) {
    at = await sendPiece(order, url, at);
    order.onProgress({ step: 'sending', share: at / file.size });
  }
  await prepared(order, url);
  const body = { uploadId, name: file.name };
  const reply = await change<{ readonly sha256: string }>({
    method: 'POST',
    url: `/api/courses/${courseId}/files`,
    body,
    key: crypto.randomUUID(),
  });
  return reply.sha256;
}

async function sendPiece({ file, signal }: UploadOrder, url: string, at: number): Promise<number> {
  const piece = file.slice(at, at + courseLimits.pieceBytes);
  const where = `${url}?at=${at}&bytes=${file.size}`;
  for (let failures = 1; ; failures += 1) {
    try {
      return (await putPiece<UploadReceived>(where, piece, signal)).received;
    } catch (error) {
      const isLine = error instanceof Problem && error.code === 'unreachable';
      if (!isLine || signal.aborted || failures === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * failures));
    }
  }
}

/** What the page knows at once about a file it need not send. */
function refuseFile({ file, kind }: UploadOrder): Problem | null {
  const limit = courseFileTypes[kind === 'video' ? 'video/mp4' : 'image/png'];
  if (file.size > limit) {
    return new Problem(413, 'course-file-too-large', `${file.size} bytes.`);
  }
  if (file.size === 0) return new Problem(415, 'course-file-type', 'The file is empty.');
  return null;
}

const lookMs = 1_000;

/** Resolves when it is ready; throws what is wrong with it, in the server's word. */
async function prepared({ file, signal, onProgress }: UploadOrder, url: string): Promise<void> {
  for (;;) {
    const { preparing } = await get<UploadProgress>(`${url}?bytes=${file.size}`, signal);
    if (preparing?.state === 'ready') return;
    if (preparing !== null) onProgress({ step: preparing.state, share: preparing.share });
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    signal.throwIfAborted();
  }
}

/** Nobody waits for it: what is left is swept in a day. */
function drop(url: string): void {
  const order = { method: 'DELETE', url, key: crypto.randomUUID() } as const;
  change(order).catch(() => undefined);
}
