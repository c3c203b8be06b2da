import type { HandOverLine, Page } from '@sightline/contracts';
import { listHandOvers } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 交接班: what shifts leave for each other. Read only: it is the terminal's own affair. */
export function handOverRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get<Paged>(
    '/api/hand-overs',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<HandOverLine>> => {
      const from = parseNumberCursor(request.query['before']);
      const onlyOpen = request.query['state'] !== 'all';
      const receipt = await audited(deps, request, { what: 'hand-overs.read' });
      const rows = await listHandOvers(store.pool, receipt, {
        scope: placeOf(request).region,
        onlyOpen,
        limit: limits.pageRows + 1,
        from,
      });
      const { items, next } = pageOf(rows, ({ position }) => String(position));
      return { items: items.map(({ position: _position, ...line }) => line), next };
    },
  );
}
