import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parseByteRange, sha256Pattern } from '@sightline/contracts';
import { courseFilePath, listCourseFiles } from '@sightline/store';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import { placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parsePath = parser(
  Type.Object({ courseId: Type.String(), sha256: Type.String({ pattern: sha256Pattern }) }),
);

/** 预览. Films and pictures of a course for who may change it, from wherever the page wants them. */
export function courseFileRoutes(app: FastifyInstance, { store, config }: RouteDeps): void {
  const rule = under({ action: 'run-training', of: 'course', purpose: 'training' });
  app.get('/api/courses/:courseId/files/:sha256', rule, async (request, reply) => {
    const { sha256 } = parsePath(request.params);
    const { id: courseId } = placeOf(request);
    const files = await listCourseFiles(store.pool, courseId);
    const file = files.find((one) => one.sha256 === sha256);
    const path = courseFilePath(config.coursesDir, sha256);
    const found = file === undefined ? null : await stat(path).catch(() => null); // Not there.
    if (file === undefined || found === null) {
      throw new BadRequest(404, 'no-such-file', `This course has no file ${sha256}.`);
    }
    // By its hash: what it is never changes.
    void reply.header('cache-control', 'private, max-age=3600').type(file.type);
    return sendRange(reply, { path, bytes: found.size, range: request.headers.range });
  });
}

function sendRange(
  reply: FastifyReply,
  file: { readonly path: string; readonly bytes: number; readonly range: string | undefined },
): FastifyReply {
  const { path, bytes } = file;
  const range = parseByteRange(file.range, bytes);
  void reply.header('accept-ranges', 'bytes');
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new BadRequest(416, 'behind-the-end', `The file has ${bytes} bytes.`);
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  if (range !== null) {
    void reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  }
  return reply
    .header('content-length', to - from + 1)
    .send(createReadStream(path, { start: from, end: to }));
}
