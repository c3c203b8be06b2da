import { createReadStream } from 'node:fs';
import {
  courseLimits,
  isRefusal,
  parseByteRange,
  sha256Pattern,
  uuidPattern,
  type CourseFile,
  type KioskCourseContent,
  type KioskQuizResult,
  type Refusal,
} from '@sightline/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { kioskLimits } from '#kiosk/limits.ts';
import { sendProblem, sendRefusal } from '#kiosk/problem.ts';

/** 课程, as the page asks for it. */
export interface CourseCommands {
  /** Null = not here whole. */
  content(courseId: string): KioskCourseContent | null;
  file(courseId: string, sha256: string): (CourseFile & { readonly path: string }) | null;
  downloadNow(): Refusal | null;
  handInByPin(request: HandInPinBody): Promise<KioskQuizResult | Refusal>;
  /** Looks at the camera; the end of the session is the answer. */
  startFace(request: HandInBody): Refusal | null;
}

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const PersonId = Type.String({ minLength: 1, maxLength: 64 });
const Pin = Type.String({ pattern: '^[0-9]{6}$' });
const quiz = {
  courseId: Uuid,
  version: Type.Integer({ minimum: 1 }),
  attemptId: Uuid,
  /** Whose quiz it is. */
  personId: PersonId,
  /** Options of each question, by number from 0. */
  answers: Type.Array(
    Type.Array(Type.Integer({ minimum: 0, maximum: courseLimits.options - 1 }), {
      maxItems: courseLimits.options,
      uniqueItems: true,
    }),
    { maxItems: courseLimits.questions },
  ),
};
const HandInBody = Type.Object(quiz, closed);
export type HandInBody = Static<typeof HandInBody>;
const HandInPinBody = Type.Object(
  {
    ...quiz,
    pin: Pin,
    witness: Type.Optional(Type.Object({ personId: PersonId, pin: Pin }, closed)),
  },
  closed,
);
export type HandInPinBody = Static<typeof HandInPinBody>;

const FilePath = Type.Object({
  courseId: Uuid,
  sha256: Type.String({ pattern: sha256Pattern }),
});
type FilePath = Static<typeof FilePath>;

const slowly = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };

/** Lessons, files and the quiz; handed in slowly, so that guessing a PIN is. */
export function courseRoutes(app: FastifyInstance, commands: CourseCommands): void {
  app.get<{ Params: { readonly courseId: string } }>(
    '/api/courses/:courseId',
    { schema: { params: Type.Object({ courseId: Uuid }) } },
    async (request, reply) =>
      commands.content(request.params.courseId) ?? sendProblem(reply, notHere),
  );
  app.get<{ Params: FilePath }>(
    '/api/courses/:courseId/files/:sha256',
    { schema: { params: FilePath } },
    async (request, reply) => sendFile(request, reply, commands),
  );
  app.post('/api/courses/download', { config: slowly }, async (_, reply) => {
    const refusal = commands.downloadNow();
    return refusal === null ? reply.send({}) : sendRefusal(reply, refusal);
  });
  app.post<{ Body: HandInPinBody }>(
    '/api/course/hand-in/pin',
    { schema: { body: HandInPinBody }, config: slowly },
    async (request, reply) => {
      const result = await commands.handInByPin(request.body);
      return isRefusal(result) ? sendRefusal(reply, result) : reply.send(result);
    },
  );
  app.post<{ Body: HandInBody }>(
    '/api/course/hand-in/face',
    { schema: { body: HandInBody }, config: slowly },
    async (request, reply) => {
      const refusal = commands.startFace(request.body);
      return refusal === null ? reply.send({}) : sendRefusal(reply, refusal);
    },
  );
}

const notHere = {
  status: 404,
  code: 'course-not-here',
  detail: 'This course is not downloaded whole yet.',
};

/** A film plays from the disk, from wherever the page wants it. */
function sendFile(
  request: FastifyRequest<{ Params: FilePath }>,
  reply: FastifyReply,
  commands: CourseCommands,
): FastifyReply {
  const { courseId, sha256 } = request.params;
  const file = commands.file(courseId, sha256);
  if (file === null) return sendProblem(reply, notHere);
  const { bytes, path, type } = file;
  void reply.header('accept-ranges', 'bytes').type(type);
  const range = parseByteRange(request.headers.range, bytes);
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${bytes}`);
    return sendProblem(reply, {
      status: 416,
      code: 'behind-the-end',
      detail: `The file has ${bytes} bytes.`,
    });
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  if (range !== null) {
    void reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  }
  return reply
    .header('content-length', to - from + 1)
    .send(createReadStream(path, { start: from, end: to }));
}
