import { refreshDutyDays, refreshShiftCounts, type Store } from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

export interface ShiftCountDeps {
  readonly store: Store;
  readonly onError: (error: unknown) => void;
}

/** 班次签到数, 台账汇总. What came late shows in the figures of its days within a minute. */
export function startShiftCounts({ store, onError }: ShiftCountDeps): AsyncDisposable {
  return startLoop({
    everyMs: liveLimits.shiftCountsMs,
    onError,
    work: async () => {
      await refreshShiftCounts(store);
      await refreshDutyDays(store);
    },
  });
}
