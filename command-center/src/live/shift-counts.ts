import { refreshShiftCounts, type Store } from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface ShiftCountDeps {
  readonly store: Store;
  readonly onError: (error: unknown) => void;
}

/** 班次签到数. Late check-ins show in the counts of their days within a minute. */
export function startShiftCounts({ store, onError }: ShiftCountDeps): AsyncDisposable {
  return startLoop({
    everyMs: liveLimits.shiftCountsMs,
    onError,
    work: () => refreshShiftCounts(store),
  });
}
