import { regionRange, watchZone, type ReachabilityToday, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/**
 * 今日可达时长, for a screen that asks again and again. What still rings has not failed to answer, so it
 * stands beside the figures and not in them.
 */
export async function readReachabilityToday(
  db: Queryable,
  { scope, now }: { readonly scope: Region; readonly now: Temporal.Instant },
): Promise<ReachabilityToday> {
  const { from, to } = regionRange(scope);
  const today = now.toZonedDateTimeISO(watchZone);
  const { rows } = await db.query<TodayRow>({
    name: 'read-reachability-today',
    text: `
      with rung as (
        select reach_ms, until > $4 as is_open from reachability
        where region >= $1 and region < $2 and ordered_at >= $3 and ordered_at <= $4
      )
      select count(*) filter (where not is_open)::integer as rings,
             count(reach_ms) filter (where not is_open)::integer as answered,
             percentile_disc(array[0.5, 0.95]) within group (order by coalesce(reach_ms, $5::bigint))
               filter (where not is_open) as percentiles,
             count(*) filter (where is_open)::integer as "openRings",
             count(reach_ms) filter (where is_open)::integer as "openAnswered"
      from rung`,
    values: [from, to, today.startOfDay().toInstant().toString(), now.toString(), neverMs],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate returned no row.');
  const [p50Ms = null, p95Ms = null] = (row.percentiles ?? []).map((ms) =>
    Number(ms) === neverMs ? null : Number(ms),
  );
  const { rings, answered, openRings, openAnswered } = row;
  const open = { rings: openRings, answered: openAnswered };
  return { day: today.toPlainDate().toString(), rings, answered, p50Ms, p95Ms, open };
}

/** Beyond every answer: a ring that was not answered is slower than any that was. */
const neverMs = 9_000_000_000_000_000;

interface TodayRow {
  readonly rings: number;
  readonly answered: number;
  readonly percentiles: readonly (number | string)[] | null;
  readonly openRings: number;
  readonly openAnswered: number;
}
