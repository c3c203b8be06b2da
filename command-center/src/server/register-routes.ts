import type { FastifyInstance } from 'fastify';
import { passwordChecker } from './passwords.ts';
import type { RouteDeps } from './route-deps.ts';
import { accessRoutes } from './routes/access-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { consentRoutes } from './routes/consent-routes.ts';
import { peopleRoutes } from './routes/people-routes.ts';
import { regionRoutes } from './routes/region-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { terminalRoutes } from './routes/terminal-routes.ts';
import { troubleRoutes } from './routes/trouble-routes.ts';
import { villageRoutes } from './routes/village-routes.ts';

/** Every route of the console. */
export async function registerRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  sessionRoutes(app, { ...deps, checkPassword: await passwordChecker() });
  regionRoutes(app, deps);
  villageRoutes(app, deps);
  peopleRoutes(app, deps);
  consentRoutes(app, deps);
  terminalRoutes(app, deps);
  troubleRoutes(app, deps);
  auditRoutes(app, deps);
  accessRoutes(app, deps);
}
