import type { Page, TroubleView } from '@sightline/contracts';
import { listQuarantine } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

/** What the broker would not take: forks, gaps, bad seals, refused facts. Bodies stay in the store. */
export function troubleRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  app.get<{ Querystring: { before?: string } }>(
    '/api/trouble',
    under({ action: 'see-trouble', of: 'scope' }),
    async (request): Promise<Page<TroubleView>> => {
      const beforeId = parseNumberCursor(request.query.before);
      const limit = limits.pageRows + 1;
      const page = beforeId === null ? { limit } : { limit, beforeId };
      const rows = await listQuarantine(store.pool, placeOf(request).region, page);
      const views = rows.map(({ body: _body, hash: _hash, ...view }) => view);
      return pageOf(views, (view) => String(view.id));
    },
  );
}
