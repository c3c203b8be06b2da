import type { Page, TroubleView } from '@sightline/contracts';
import { listQuarantine } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { requireAction, scopeOf, viewerOf } from '../require.ts';
import type { RouteDeps } from '../route-deps.ts';

/** What the broker would not take: forks, gaps, bad seals, refused facts. Bodies stay in the store. */
export function troubleRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  app.get<{ Querystring: { region?: string; before?: string } }>(
    '/api/trouble',
    { onRequest: requireAction('see-trouble') },
    async (request): Promise<Page<TroubleView>> => {
      const scope = scopeOf(viewerOf(request), request.query.region);
      const beforeId = parseNumberCursor(request.query.before);
      const limit = limits.pageRows + 1;
      const page = beforeId === null ? { limit } : { limit, beforeId };
      const rows = await listQuarantine(store.pool, scope, page);
      const views = rows.map(({ body: _body, hash: _hash, ...view }) => view);
      return pageOf(views, (view) => String(view.id));
    },
  );
}
