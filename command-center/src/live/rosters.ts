import { refreshAllTerminals, type Store } from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface RosterDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
}

/**
 * 值班表下发. As the days go by, every terminal is told the next ones: it works without a link for a month.
 * What is told of only for some days leaves it the same way.
 */
export function startRosters({ store, now, onError }: RosterDeps): AsyncDisposable {
  return startLoop({
    everyMs: liveLimits.rostersMs,
    onError,
    work: (signal) => refreshAllTerminals(store, { now, signal }),
  });
}
