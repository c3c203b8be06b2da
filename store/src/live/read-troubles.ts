import type { Queryable } from '#engine/store.ts';
import { liveLimits } from './live-limits.ts';

/** What one source sent that was not taken. `since`: the first of it within the day. */
export interface TroubleRow {
  readonly source: string;
  readonly region: string;
  readonly reason: string;
  readonly count: number;
  readonly since: string;
}

/** Sources with refused facts in the 24 h before `now`, oldest first; the watcher's, without a scope. */
export async function readTroubles(db: Queryable, now: Temporal.Instant): Promise<TroubleRow[]> {
  const { rows } = await db.query<TroubleRow>(
    `select source, min(region) as region, reason, count(*)::integer as count,
       min(received_at) as since
     from quarantine
     where received_at > $1::timestamptz - make_interval(hours => $2)
     group by source, reason order by since limit $3`,
    [now.toString(), liveLimits.troubleHours, liveLimits.troubles],
  );
  return rows;
}
