import {
  FinishUploadRequest,
  isRefusal,
  uuidPattern,
  type UploadProgress,
  type UploadReceived,
} from '@sightline/contracts';
import { addCourseFile, type RegisterChange } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { shelfLimits } from '#course/course-limits.ts';
import type { CourseShelf } from '#course/course-shelf.ts';
import { tidyFileName } from '#register-import/take-upload.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const pieceType = 'application/octet-stream';
const Count = Type.String({ pattern: '^\\d{1,12}$' });
const parsePiece = parser(Type.Object({ at: Count, bytes: Count }));
const parseLook = parser(Type.Object({ bytes: Count }));
const parsePath = parser(
  Type.Object({
    courseId: Type.String(),
    uploadId: Type.String({ pattern: uuidPattern }),
  }),
);
const parseFinish = parser(FinishUploadRequest);
const ofCourse = under({ action: 'run-training', of: 'course', purpose: 'training' });

/**
 * 上传. A film comes in pieces: a slow line sends each within a request's time, and a broken one goes on. Whole
 * it is checked and recoded beside everything else, and stands in the course when it is ready.
 */
export function courseUploadRoutes(
  app: FastifyInstance,
  deps: RouteDeps & { readonly shelf: CourseShelf },
): void {
  const { shelf } = deps;
  app.addContentTypeParser(pieceType, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.put(
    '/api/courses/:courseId/uploads/:uploadId',
    { ...ofCourse, bodyLimit: shelfLimits.pieceBytes },
    async (request, reply) => {
      const { at, bytes } = parsePiece(request.query);
      const { uploadId } = parsePath(request.params);
      const { id: courseId } = placeOf(request);
      const { body } = request;
      if (!Buffer.isBuffer(body) || body.length === 0) {
        throw new BadRequest(415, 'no-piece', `The body is a piece of a file: ${pieceType}.`);
      }
      const piece = { at: Number(at), bytes: Number(bytes), body };
      const received = await shelf.take({ courseId, uploadId }, piece);
      if (isRefusal(received)) return sendRefusal(reply, received);
      return { received } satisfies UploadReceived;
    },
  );
  app.get('/api/courses/:courseId/uploads/:uploadId', ofCourse, async (request, reply) => {
    const { bytes } = parseLook(request.query);
    const { uploadId } = parsePath(request.params);
    const { id: courseId } = placeOf(request);
    const progress = await shelf.look({ courseId, uploadId }, Number(bytes));
    if (isRefusal(progress)) return sendRefusal(reply, progress);
    return progress satisfies UploadProgress;
  });
  app.delete('/api/courses/:courseId/uploads/:uploadId', ofCourse, async (request) => {
    const { uploadId } = parsePath(request.params);
    await shelf.drop({ courseId: placeOf(request).id, uploadId });
    return {};
  });
  app.post('/api/courses/:courseId/files', ofCourse, async (request, reply) => {
    const asked = parseFinish(request.body);
    const { id: courseId } = placeOf(request);
    const run = { request, name: 'course.upload', subject: `course:${courseId}`, asked };
    const result = await command(deps, run, async (client, { now }: RegisterChange) => {
      const file = await shelf.finish({ courseId, uploadId: asked.uploadId });
      if (isRefusal(file)) return file;
      const name = tidyFileName(asked.name);
      return (
        (await addCourseFile(client, courseId, { ...file, name, now })) ?? { sha256: file.sha256 }
      );
    });
    return sendResult(reply, result);
  });
}
