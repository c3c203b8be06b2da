import type { RegionView } from '@sightline/contracts';
import { listDivisions } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { speller } from '../spell-place.ts';

/** The tree on the left, with what its search needs. */
export function regionRoutes(app: FastifyInstance, { store }: RouteDeps): void {
  const spell = speller();
  app.get('/api/regions', under({ action: 'see-villages', of: 'scope' }), async (request) => {
    const divisions = await listDivisions(store.pool, placeOf(request).region);
    return divisions.map(({ region, name }): RegionView => ({
      code: region,
      name,
      ...spell(name),
    }));
  });
}
