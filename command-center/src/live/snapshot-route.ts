import type { LivePulse, LiveSnapshot } from '@sightline/contracts';
import { readPicture, type Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { placeOf } from '#server/guard-routes.ts';
import { under } from '#server/rule.ts';

export interface SnapshotDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly demo: boolean;
  readonly pulse: (region: string) => LivePulse;
}

/** GET /api/live/snapshot?region= : the whole picture of the region, or of all the viewer may see. */
export function snapshotRoute(app: FastifyInstance, deps: SnapshotDeps): void {
  app.get(
    '/api/live/snapshot',
    under({ action: 'see-live', of: 'scope', as: 'screen' }),
    async (request): Promise<LiveSnapshot> => {
      const { region } = placeOf(request);
      const picture = await readPicture(deps.store, { scope: region, now: deps.now() });
      const { at, attention, health } = deps.pulse(region);
      return {
        asOf: picture.asOf,
        at,
        region,
        demo: deps.demo,
        cells: [...picture.cells],
        feed: [...picture.feed],
        attention,
        strip: [...picture.strip],
        health,
      };
    },
  );
}
