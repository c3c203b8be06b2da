import type { ReachabilityToday } from '@sightline/contracts';
import { readReachabilityToday, type Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { placeOf } from '#server/guard-routes.ts';
import { under } from '#server/rule.ts';

/** GET /api/live/reachability?region= : 今日可达时长 for the screen; polled, for it changes slowly. */
export function reachabilityRoute(
  app: FastifyInstance,
  { store, now }: { readonly store: Store; readonly now: () => Temporal.Instant },
): void {
  app.get(
    '/api/live/reachability',
    under({ action: 'see-reachability', of: 'scope', as: 'screen' }),
    async (request): Promise<ReachabilityToday> =>
      readReachabilityToday(store.pool, { scope: placeOf(request).region, now: now() }),
  );
}
