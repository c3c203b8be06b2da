import { randomBytes, randomUUID } from 'node:crypto';
import type { PartHealth } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import type { CentreConfig } from '#config.ts';
import type { MediaState } from '#media/media-state.ts';

/** What every route of the console may use. */
export interface RouteDeps {
  readonly config: CentreConfig;
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly readHealth: () => Promise<readonly PartHealth[]>;
  readonly media: MediaState;
}

export function newId(): string {
  return randomUUID();
}

/** 96 bits, base64url: salts a grant's code. */
export function newSalt(): string {
  return randomBytes(12).toString('base64url');
}
