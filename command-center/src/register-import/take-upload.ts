import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { BadRequest } from '#server/problem.ts';
import { importLimits } from './import-limits.ts';

/**
 * The workbook a request brings, in memory: it holds id numbers and never touches the disk. Throws 413
 * before the first byte where the length says so, or as soon as the limit is passed.
 */
export async function takeUpload(
  request: FastifyRequest,
  limitBytes: number = importLimits.uploadBytes,
): Promise<ArrayBuffer> {
  const length = Number(request.headers['content-length'] ?? '0');
  if (length > limitBytes) throw tooLarge(limitBytes);
  // The content-type parser of imports passes the stream on as it is.
  const body = request.body as IncomingMessage;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    const part = piece as Buffer; // A stream of bytes.
    bytes += part.length;
    if (bytes > limitBytes) throw tooLarge(limitBytes);
    pieces.push(part);
  }
  const file = new ArrayBuffer(bytes);
  const view = new Uint8Array(file);
  let at = 0;
  for (const piece of pieces) {
    view.set(piece, at);
    at += piece.length;
  }
  return file;
}

function tooLarge(limitBytes: number): BadRequest {
  const megabytes = limitBytes / 1024 / 1024;
  return new BadRequest(413, 'too-large', `A workbook has at most ${megabytes} MiB. Split it.`);
}

const nameCharacters = 128;
const fallbackName = 'workbook.xlsx';

/** The file's name as it may be shown: no path, no control characters, not too long. */
export function tidyFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const tidy = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return tidy === '' ? fallbackName : tidy.slice(-nameCharacters);
}
