import { open, type FileHandle } from 'node:fs/promises';
import {
  fetchText,
  isRefusal,
  parseByteRange,
  refuse,
  sha256Pattern,
  type Refusal,
} from '@sightline/contracts';
import { courseFilePath, findCourseFile } from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { proveSource } from '#access/prove-source.ts';
import { parseDeviceHeader } from '#domain/device-token.ts';
import type { HttpDeps } from '#http/http-deps.ts';
import { problem } from '#http/problem.ts';
import { limits } from '#limits.ts';

const isSha256 = new RegExp(sha256Pattern);
const noSuchFile = refuse('no-such-file', 'This terminal is assigned no course with such a file.');

/**
 * GET /courses/files/:sha256, whole or a range, for a terminal whose village is assigned a course with
 * that file. Each request carries a nonce signed for that very file.
 */
export function addCourseFiles(app: FastifyInstance, deps: HttpDeps): void {
  let streams = 0;
  app.get<{ Params: { readonly sha256: string } }>(
    '/courses/files/:sha256',
    { exposeHeadRoute: false },
    async (request, reply) => {
      void reply.header('cache-control', 'private, no-store');
      if (streams >= limits.courseStreams) {
        const busy = refuse('busy', 'Many files are on their way. Try again in a few seconds.');
        return problem(reply.header('retry-after', '5'), 503, busy);
      }
      streams += 1;
      reply.raw.once('close', () => (streams -= 1));
      const bytes = await findFile(request, deps);
      if (isRefusal(bytes)) return problem(reply, bytes.code === 'no-such-file' ? 404 : 401, bytes);
      return send(request, reply, { coursesDir: deps.coursesDir ?? '', bytes });
    },
  );
}

/** How long the file is that this terminal may have. */
async function findFile(
  request: FastifyRequest<{ Params: { readonly sha256: string } }>,
  deps: HttpDeps,
): Promise<number | Refusal> {
  const { sha256 } = request.params;
  const shown = parseDeviceHeader(request.headers.authorization);
  if (shown === null) return refuse('no-token', 'Authorization: Sightline SOURCE.NONCE.SIG.');
  const text = fetchText(shown.source, shown.token.nonce, sha256);
  const proven = await proveSource({ ...shown, text }, deps);
  if (isRefusal(proven)) return proven;
  if (deps.coursesDir === null || !isSha256.test(sha256)) return noSuchFile;
  const { region } = proven.found;
  return (await findCourseFile(deps.store.pool, { sha256, region }))?.bytes ?? noSuchFile;
}

async function send(
  request: FastifyRequest<{ Params: { readonly sha256: string } }>,
  reply: FastifyReply,
  { coursesDir, bytes }: { readonly coursesDir: string; readonly bytes: number },
): Promise<FastifyReply> {
  const { sha256 } = request.params;
  // The bytes of a hash never change (RFC 9110, 8.8.3: a strong validator).
  void reply.header('etag', `"${sha256}"`).header('accept-ranges', 'bytes');
  const range = parseByteRange(request.headers.range, bytes);
  if (range === 'unsatisfiable') {
    const behind = refuse('behind-the-end', `The file has ${bytes} bytes.`);
    return problem(reply.header('content-range', `bytes */${bytes}`), 416, behind);
  }
  const handle = await openFile(courseFilePath(coursesDir, sha256), bytes);
  if (handle === null) {
    return problem(reply, 503, refuse('file-away', 'The file is not on this server. Try later.'));
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  const stream = handle.createReadStream({ start: from, end: to });
  // Who reads too slowly gives the place to others and comes again.
  const late = setTimeout(() => stream.destroy(), limits.courseStreamMs);
  stream.once('close', () => clearTimeout(late));
  if (range !== null) {
    void reply.status(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  }
  return reply
    .type('application/octet-stream')
    .header('content-length', to - from + 1)
    .send(stream);
}

/** Null where it is not there, or not as long as it is said to be. */
async function openFile(path: string, bytes: number): Promise<FileHandle | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch {
    return null; // The folder is another machine's, or was lost: the terminal comes again.
  }
  if ((await handle.stat()).size === bytes) return handle;
  await handle.close();
  return null;
}
