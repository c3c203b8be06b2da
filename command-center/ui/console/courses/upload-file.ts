import { courseFileTypes, courseLimits, type UploadProgress } from '@sightline/contracts';
import { change, Problem, putPiece } from '../api/call.ts';

export interface UploadOrder {
  readonly courseId: string;
  readonly file: File;
  readonly kind: 'video' | 'image';
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

const attempts = 5;
const pauseMs = 1_000;

/**
 * Sends a file in pieces, each from where the server says it is: a piece that got lost is sent again, a
 * line that breaks for a moment costs one piece. The hash under which the file then stands.
 */
export async function uploadFile(order: UploadOrder): Promise<string> {
  const { courseId, file } = order;
  const refusal = refuseFile(order);
  if (refusal !== null) throw refusal;
  const uploadId = crypto.randomUUID();
  const url = `/api/courses/${courseId}/uploads/${uploadId}`;
  let at = 0;
  while (at < file.size) {
    at = await sendPiece(order, url, at);
    order.onProgress(at / file.size);
  }
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
      return (await putPiece<UploadProgress>(where, piece, signal)).received;
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
