import {
  regionRange,
  type Day,
  type ReachabilityLine,
  type ReciprocalLine,
  type Region,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

export interface ReachabilityPeriod {
  readonly scope: Region;
  readonly from: Day;
  /** The last day, inclusive. */
  readonly to: Day;
}

/** Beyond every answer: a ring that was not answered is slower than any that was. */
const never = '9000000000000000';

/** So that one in twenty that never answers is seen in the 95th percentile, and not left out of it. */
const percentile = (share: string, column: string) =>
  `nullif(percentile_disc(${share}) within group (order by coalesce(${column}, ${never})), ${never})`;

const figures = `
  count(*)::integer as rings, count(reach_ms)::integer as answered,
  ${percentile('0.5', 'reach_ms')}::bigint as "p50Ms",
  ${percentile('0.95', 'reach_ms')}::bigint as "p95Ms"`;

/** Days of Asia/Shanghai as instants, so that the index by village and time serves. */
const within = `
  region >= $1 and region < $2
  and ordered_at >= $3::date::timestamp at time zone 'Asia/Shanghai'
  and ordered_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'`;

/** By the regions one level down, in the order of their codes; a village has none below it. */
export async function reachabilityBelow(
  db: Queryable,
  { scope, from, to }: ReachabilityPeriod,
): Promise<ReachabilityLine[]> {
  const range = regionRange(scope);
  const digits = scope.length === 4 ? 6 : scope.length === 6 ? 9 : 12;
  const { rows } = await db.query<ReachabilityLine>(
    `select left(region, ${digits}) as region, ${figures} from reachability
     where ${within} group by 1 order by 1`,
    [range.from, range.to, from, to],
  );
  return rows;
}

export async function reachabilityOf(
  db: Queryable,
  { scope, from, to }: ReachabilityPeriod,
): Promise<ReachabilityLine> {
  const range = regionRange(scope);
  const { rows } = await db.query<Omit<ReachabilityLine, 'region'>>(
    `select ${figures} from reachability where ${within}`,
    [range.from, range.to, from, to],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate returned no row.');
  return { region: scope, ...row };
}

/** Newest day first; days without a ring are left out. */
export async function reachabilityByDay(
  db: Queryable,
  { scope, from, to }: ReachabilityPeriod,
): Promise<(Omit<ReachabilityLine, 'region'> & { readonly day: Day })[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<Omit<ReachabilityLine, 'region'> & { day: Day }>(
    `select day, ${figures} from reachability where ${within} group by day order by day desc`,
    [range.from, range.to, from, to],
  );
  return rows;
}

/**
 * 上级应答时长: from a village's wish to be called to the call; from a complaint's coming in to its being
 * taken up, and to its answer; from a rung at the township or county to the first word of somebody there.
 * What waits still is slower than anything that was answered.
 */
export async function readReciprocal(
  db: Queryable,
  { scope, from, to }: ReachabilityPeriod,
): Promise<ReciprocalLine[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<ReciprocalLine>(
    `with waited as (
       select 'call-back' as of, called_back_at - call_asked_at as taken
       from spot_check_village where left_out is null and call_asked_at is not null and ${within}
       union all
       select c.of, c.taken from complaint cross join lateral (values
         ('complaint', coalesce(taken_up_at, answered_at) - due_from),
         ('complaint-answer', answered_at - due_from)) as c (of, taken)
       where ${within.replaceAll('ordered_at', 'due_from')}
       union all
       select 'ladder', (select min(a.at) from ladder_acknowledgement a
                         where a.subject = s.subject and a.rung = s.rung) - s.at
       from ladder_step s
       where s.rung in ('township', 'county') and ${within.replaceAll('ordered_at', 's.at')}
     ), measured as (
       select of, round(extract(epoch from taken) * 1000)::bigint as taken_ms from waited
     )
     select of, count(*)::integer as asked, count(taken_ms)::integer as answered,
            ${percentile('0.5', 'taken_ms')}::bigint as "p50Ms",
            ${percentile('0.95', 'taken_ms')}::bigint as "p95Ms"
     from measured group by of order by of`,
    [range.from, range.to, from, to],
  );
  return rows;
}
