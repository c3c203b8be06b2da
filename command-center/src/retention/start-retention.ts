import { startLoop, type Loop } from '#live/loop.ts';
import { beginRetention, keepRetention, type RetentionDeps } from './keep-retention.ts';
import { retentionLimits } from './retention-limits.ts';

/**
 * 留存. Looks every hour for what is past its time. What is due follows from the database and the clock alone: a
 * centre that was away for a month erases at its start what fell due meanwhile.
 */
export function startRetention(deps: RetentionDeps): Loop {
  let isBegun = false;
  return startLoop({
    everyMs: retentionLimits.everyMs,
    onError: deps.onError,
    work: async (signal) => {
      if (!isBegun) await beginRetention(deps);
      isBegun = true;
      while (!signal.aborted && (await keepRetention(deps)) >= retentionLimits.perKind);
    },
  });
}
