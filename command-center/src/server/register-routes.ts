import type { PartHealth } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import type { CentreConfig } from '#config.ts';

/** What every route of the console may use. */
export interface RouteDeps {
  readonly config: CentreConfig;
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly readHealth: () => Promise<readonly PartHealth[]>;
}

export function registerRoutes(_app: FastifyInstance, _deps: RouteDeps): void {}
