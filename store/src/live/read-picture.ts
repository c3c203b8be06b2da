import { regionRange, type FeedLine, type LiveCell } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Queryable, Store } from '#engine/store.ts';
import { liveLimits } from './live-limits.ts';
import { readCells } from './read-cells.ts';
import { readAsOf } from './read-progress.ts';

/** What the database knows of a region at log position `asOf`. */
export interface Picture {
  readonly asOf: number;
  readonly cells: readonly LiveCell[];
  /** Newest first. */
  readonly feed: readonly FeedLine[];
  /** Facts in each 5 minutes of 24 h up to `now`, oldest first. */
  readonly strip: readonly number[];
}

/** Reads one consistent picture of the region. `now` ends the strip. */
export function readPicture(
  store: Store,
  { scope, now }: { readonly scope: string; readonly now: Temporal.Instant },
): Promise<Picture> {
  return inTransaction(store, async (client) => {
    await client.query('set transaction isolation level repeatable read read only');
    return {
      asOf: await readAsOf(client),
      cells: await readCells(client, scope),
      feed: await readFeed(client, scope),
      strip: await readStrip(client, { scope, now }),
    };
  });
}

async function readFeed(db: Queryable, scope: string): Promise<FeedLine[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<FeedLine>(
    `select position, at, region, type, detail from live_feed
     where region >= $1 and region < $2 order by position desc limit $3`,
    [from, to, liveLimits.feedLines],
  );
  return rows;
}

async function readStrip(
  db: Queryable,
  { scope, now }: { readonly scope: string; readonly now: Temporal.Instant },
): Promise<number[]> {
  const { rows } = await db.query<{ count: number }>(
    `select coalesce(s.count, 0) as count
     from generate_series(0, $3::integer - 1) as step
     cross join lateral (select date_bin(make_interval(mins => $4), $2::timestamptz, 'epoch')
       - make_interval(mins => $4 * ($3 - 1 - step)) as bucket) as b
     left join live_strip s on s.region = $1 and s.bucket = b.bucket
     order by step`,
    [scope, now.toString(), liveLimits.stripBuckets, liveLimits.stripBucketMinutes],
  );
  return rows.map(({ count }) => count);
}
