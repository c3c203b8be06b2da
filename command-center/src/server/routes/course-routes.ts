import type { FastifyInstance } from 'fastify';
import { openCourseShelf } from '#course/course-shelf.ts';
import type { RouteDeps } from '../route-deps.ts';
import { courseChangeRoutes } from './course-change-routes.ts';
import { courseFileRoutes } from './course-file-routes.ts';
import { courseReadRoutes } from './course-read-routes.ts';
import { courseUploadRoutes } from './course-upload-routes.ts';
import { exportCourseRoutes } from './export-course-routes.ts';

/** 远程培训. Courses from the first word to who completed them. */
export function courseRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const shelf = openCourseShelf(deps.config.coursesDir, (fault) =>
    app.log.error({ err: fault }, 'An upload could not be prepared.'),
  );
  app.addHook('onClose', () => shelf[Symbol.asyncDispose]());
  courseReadRoutes(app, deps);
  courseChangeRoutes(app, { ...deps, shelf });
  courseUploadRoutes(app, { ...deps, shelf });
  courseFileRoutes(app, deps);
  exportCourseRoutes(app, deps);
}
