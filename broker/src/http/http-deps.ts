import type { Health } from '@sightline/contracts';
import type { Store } from '@sightline/store';
import type { Nonces } from '#access/nonces.ts';

/** What the HTTP door works with. */
export interface HttpDeps {
  readonly store: Store;
  readonly nonces: Nonces;
  readonly health: () => Health;
  /** ISO instant. */
  readonly now: () => string;
  readonly nowMs: () => number;
  /** Where the centre lays the files of courses; null = none are handed out here. */
  readonly coursesDir: string | null;
}
