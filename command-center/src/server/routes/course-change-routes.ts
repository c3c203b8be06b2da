import { createHash } from 'node:crypto';
import {
  AssignCourseRequest,
  courseLimits,
  CreateCourseRequest,
  PublishCourseRequest,
  refuse,
  SaveDraftRequest,
  WithdrawCourseRequest,
} from '@sightline/contracts';
import {
  assignCourse,
  createCourse,
  holdCourse,
  isCourseAssigned,
  listCourseFiles,
  publishCourse,
  readEquippedVillages,
  saveDraft,
  withdrawCourse,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import type { CourseShelf } from '#course/course-shelf.ts';
import { refuseRegion } from '#domain/access.ts';
import {
  refuseAssignment,
  refuseCourseWithdrawal,
  refuseDraft,
  refusePublish,
  refuseRevision,
} from '#domain/course/decide-course.ts';
import { packCourse } from '#domain/course/pack-course.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { newSalt, type RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';
import { courseIdOf } from './course-read-routes.ts';

const parseCreate = parser(CreateCourseRequest);
const parseDraft = parser(SaveDraftRequest);
const parsePublish = parser(PublishCourseRequest);
const parseAssign = parser(AssignCourseRequest);
const parseWithdrawal = parser(WithdrawCourseRequest);

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const gone = refuse('no-such-course', 'There is no such course.');
const ofCourse = under({ action: 'run-training', of: 'course', purpose: 'training' });
const ofBody = under({ action: 'run-training', of: 'body', purpose: 'training' });
/** A draft is larger than other requests. */
const drafted = { bodyLimit: courseLimits.documentBytes };

type Deps = RouteDeps & { readonly shelf: CourseShelf };

/** 课程: written, published, assigned and withdrawn. */
export function courseChangeRoutes(app: FastifyInstance, deps: Deps): void {
  createRoute(app, deps);
  draftRoute(app, deps);
  publishRoute(app, deps);
  assignRoute(app, deps);
  withdrawRoute(app, deps);
}

function createRoute(app: FastifyInstance, deps: Deps): void {
  app.post('/api/courses', { ...ofBody, ...drafted }, async (request, reply) => {
    const asked = parseCreate(request.body);
    const { accountId } = accountOf(request);
    const { courseId } = asked;
    const run = { request, name: 'course.create', subject: `course:${courseId}`, asked };
    const result = await command(deps, run, async (client, { now }) => {
      const refusal =
        refuseDraft(asked.draft, []) ?? (await createCourse(client, { ...asked, accountId }, now));
      return refusal ?? { courseId };
    });
    return sendResult(reply, result);
  });
}

function draftRoute(app: FastifyInstance, deps: Deps): void {
  app.post('/api/courses/:courseId/draft', { ...ofCourse, ...drafted }, async (request, reply) => {
    const asked = parseDraft(request.body);
    const { id } = placeOf(request);
    const run = { request, name: 'course.write', subject: `course:${id}`, asked };
    const result = await command(deps, run, async (client) => {
      const held = await holdCourse(client, id);
      if (held === null) return gone;
      const refusal =
        refuseRevision(asked.revision, held) ??
        refuseDraft(asked.draft, await listCourseFiles(client, id));
      return refusal ?? { revision: await saveDraft(client, held, asked.draft) };
    });
    return sendResult(reply, result);
  });
}

function publishRoute(app: FastifyInstance, deps: Deps): void {
  app.post('/api/courses/:courseId/publish', ofCourse, async (request, reply) => {
    const asked = parsePublish(request.body);
    const { id: courseId } = placeOf(request);
    const { accountId } = accountOf(request);
    const run = { request, name: 'course.publish', subject: `course:${courseId}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await holdCourse(client, courseId);
      if (held === null) return gone;
      const ground = { ...held, files: await listCourseFiles(client, courseId) };
      const refusal = refuseRevision(asked.revision, held) ?? refusePublish(ground);
      if (refusal !== null) return refusal;
      const number = (held.newest?.version ?? 0) + 1;
      const packed = packCourse({ ...ground, courseId, version: number }, { hash, newSalt });
      const { sha256, bytes } = await deps.shelf.lay(JSON.stringify(packed));
      const version = {
        version: number,
        revision: held.revision,
        title: packed.title,
        language: packed.language,
        sha256,
        manifestBytes: bytes,
        packageBytes: packed.files.reduce((sum, file) => sum + file.bytes, bytes),
        questions: packed.quiz.questions.length,
        passPercent: packed.quiz.passPercent,
        tries: packed.quiz.tries,
        accountId,
        files: packed.files,
      };
      return (await publishCourse(client, held, { version, change })) ?? { version: number };
    });
    return sendResult(reply, result);
  });
}

/** To villages of the account's own region; a course that it may change. */
function assignRoute(app: FastifyInstance, deps: Deps): void {
  app.post<{ readonly Params: { readonly courseId: string } }>(
    '/api/courses/:courseId/assign',
    ofBody,
    async (request, reply) => {
      const { due, region } = parseAssign(request.body);
      const courseId = courseIdOf(request.params.courseId);
      const account = accountOf(request);
      const asked = { due, courseId };
      const run = { request, name: 'course.assign', subject: `course:${courseId}`, asked };
      const result = await command(deps, run, async (client, change) => {
        const held = await holdCourse(client, courseId);
        if (held === null) return gone;
        const outside = refuseRegion(account, held.region);
        if (outside !== null) return outside;
        const { newest } = held;
        const { villages, notEquipped } = await readEquippedVillages(client, region);
        const ground = { villages: villages + notEquipped, newest, today: todayOf(deps) };
        const refusal = refuseAssignment(due, ground);
        if (refusal !== null) return refusal;
        if (newest === null) return gone; // Refused above.
        const decided = { course: held, newest, region, due, accountId: account.accountId };
        return assignCourse(client, decided, change);
      });
      return sendResult(reply, result);
    },
  );
}

function withdrawRoute(app: FastifyInstance, deps: Deps): void {
  app.post('/api/courses/:courseId/withdraw', ofCourse, async (request, reply) => {
    const asked = parseWithdrawal(request.body ?? {});
    const { id: courseId } = placeOf(request);
    const run = { request, name: 'course.withdraw', subject: `course:${courseId}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await holdCourse(client, courseId);
      if (held === null) return gone;
      const isAssigned = await isCourseAssigned(client, courseId);
      const refusal = refuseCourseWithdrawal({ ...held, isAssigned });
      if (refusal !== null) return refusal;
      return (await withdrawCourse(client, held, change)) ?? { courseId };
    });
    return sendResult(reply, result);
  });
}
