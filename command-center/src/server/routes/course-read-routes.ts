import {
  isWithin,
  uuidPattern,
  type CourseLine,
  type CoursePlan,
  type CourseResults,
  type CourseView,
  type Page,
} from '@sightline/contracts';
import {
  listCourseFiles,
  listCourseResults,
  listCourses,
  readCourse,
  readEquippedVillages,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { placeOf, viewerOf } from '../guard-routes.ts';
import { pageOf, parseCursor } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const inScope = under({ action: 'run-training', of: 'scope' });

/** 课程: what there is, how far each village is, and, audited, who completed it. */
export function courseReadRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  app.get('/api/courses/plan', inScope, async (request): Promise<CoursePlan> => {
    const { villages, notEquipped } = await readEquippedVillages(
      store.pool,
      placeOf(request).region,
    );
    return { villages, notEquipped };
  });
  app.get<{ readonly Querystring: Readonly<Record<string, string | undefined>> }>(
    '/api/courses',
    inScope,
    async (request): Promise<Page<CourseLine>> => {
      const before = parseCursor(request.query['before']);
      const page = { scope: placeOf(request).region, limit: limits.pageRows + 1, before };
      const rows = await listCourses(store.pool, page);
      return pageOf(rows, ({ createdAt, courseId }) => `${createdAt}_${courseId}`);
    },
  );
  oneRoute(app, deps);
  resultsRoute(app, deps);
}

/** The draft, which says what is right, is for those alone who may change it. */
function oneRoute(app: FastifyInstance, { store }: RouteDeps): void {
  app.get<{ readonly Params: { readonly courseId: string } }>(
    '/api/courses/:courseId',
    inScope,
    async (request): Promise<CourseView> => {
      const courseId = courseIdOf(request.params.courseId);
      const view = await readCourse(store.pool, { courseId, scope: placeOf(request).region });
      if (view === null) throw notThere(courseId);
      const mayChange = isWithin(view.region, viewerOf(request).region);
      const files = mayChange ? await listCourseFiles(store.pool, courseId) : [];
      return { ...view, draft: mayChange ? view.draft : null, files };
    },
  );
}

/** By name, of one village. */
function resultsRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'run-training', of: 'village', purpose: 'training' });
  app.get<{ readonly Params: { readonly courseId: string } }>(
    '/api/courses/:courseId/villages/:region/results',
    rule,
    async (request): Promise<CourseResults> => {
      const courseId = courseIdOf(request.params.courseId);
      const subject = `course:${courseId}`;
      const receipt = await audited(deps, request, { what: 'course-results.read', subject });
      const { region: scope } = placeOf(request);
      const page = { courseId, scope, limit: limits.pageRowsMax, after: null };
      return { results: await listCourseResults(deps.store.pool, receipt, page) };
    },
  );
}

const uuid = new RegExp(uuidPattern);

export function courseIdOf(text: string): string {
  if (uuid.test(text)) return text;
  throw notThere(text);
}

export function notThere(courseId: string): BadRequest {
  return new BadRequest(404, 'no-such-course', `There is no course ${courseId} there.`);
}
