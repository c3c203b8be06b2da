import { fetchText, isRefusal, NonceReply, refuse, type Refusal } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { NamedFile } from '#course/package-files.ts';
import { postJson } from '#identity/post-json.ts';
import { limits } from '#limits.ts';
import type { Terminal } from '#terminal.ts';

export interface PieceSource {
  /** http://127.0.0.1:7405 */
  readonly brokerHttpUrl: string;
  readonly terminal: Pick<Terminal, 'sign' | 'state'>;
}

export interface AskedPiece {
  readonly file: NamedFile;
  readonly from: number;
  /** The last byte is included. */
  readonly to: number;
  readonly signal: AbortSignal;
}

const nonceCheck = Compile(NonceReply);

/**
 * One piece of a file from the broker, by a nonce signed for that very file. Refuses `not-assigned` where
 * the broker knows us and says no; rejects when the line broke or the answer is not the piece.
 */
export async function fetchPiece(
  { brokerHttpUrl, terminal }: PieceSource,
  { file, from, to, signal }: AskedPiece,
): Promise<Buffer | Refusal> {
  const { source } = terminal.state();
  const nonceUrl = new URL('/nonce', brokerHttpUrl).href;
  const answer = await postJson({ url: nonceUrl, body: { source }, reply: nonceCheck, signal });
  if (isRefusal(answer)) return answer;
  const { nonce } = answer;
  const sig = terminal.sign((own) => fetchText(own, nonce, file.sha256));
  const url = new URL(`/courses/files/${file.sha256}`, brokerHttpUrl).href;
  const reply = await fetch(url, {
    headers: { authorization: `Sightline ${source}.${nonce}.${sig}`, range: `bytes=${from}-${to}` },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(limits.course.pieceTimeoutMs)]),
  });
  if (reply.status === 404) {
    return refuse('not-assigned', 'The centre does not hand out this file to this terminal.');
  }
  const range = `bytes ${from}-${to}/${file.bytes}`;
  if (reply.status !== 206 || reply.headers.get('content-range') !== range) {
    await reply.body?.cancel();
    throw new Error(`${url} answered ${reply.status}; ${range} was expected.`);
  }
  const piece = await readPiece(reply, to - from + 1);
  if (piece === null) throw new Error(`${url} sent more than ${range}.`);
  return piece;
}

/** Null where more came than was asked for. */
async function readPiece(reply: Response, bytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of reply.body ?? []) {
    received += chunk.byteLength;
    if (received > bytes) return null;
    chunks.push(chunk);
  }
  if (received < bytes) throw new Error(`Only ${received} of ${bytes} bytes came.`);
  return Buffer.concat(chunks);
}
