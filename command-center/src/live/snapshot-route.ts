import type { LivePulse, LiveSnapshot } from '@sightline/contracts';
import { readPicture, type Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { requireAction, scopeOf, viewerOf } from '#server/require.ts';
import type { Viewer } from '#domain/access.ts';

export interface SnapshotDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly demo: boolean;
  /** The viewer of a screen before the account in the same browser. */
  readonly readViewer: (cookieHeader: string | undefined) => Promise<Viewer | null>;
  readonly pulse: (region: string) => LivePulse;
}

/** GET /api/live/snapshot?region= : the whole picture of the region, or of all the viewer may see. */
export function snapshotRoute(app: FastifyInstance, deps: SnapshotDeps): void {
  app.get<{ Querystring: { region?: string } }>(
    '/api/live/snapshot',
    { onRequest: requireAction('see-live') },
    async (request): Promise<LiveSnapshot> => {
      const viewer = (await deps.readViewer(request.headers.cookie)) ?? viewerOf(request);
      const region = scopeOf(viewer, request.query.region);
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
