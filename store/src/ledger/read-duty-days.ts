import {
  regionRange,
  type CheckInMethod,
  type Day,
  type DutyVerdict,
  type Region,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Duties of one place or one day that ended one way. */
export interface DutyCount {
  /** A region code, or a day. */
  readonly of: string;
  readonly verdict: DutyVerdict;
  /** `none` = nobody checked in. */
  readonly method: CheckInMethod | 'none';
  readonly duties: number;
  readonly lateMinutes: number;
  /** Settled an hour and more after their end. */
  readonly completed: number;
}

export interface LedgerDays {
  readonly scope: Region;
  readonly from: Day;
  /** The last day, inclusive. */
  readonly to: Day;
}

/** By the divisions right below the scope, in code order; a village by itself. */
export function countDutiesByRegion(db: Queryable, days: LedgerDays): Promise<DutyCount[]> {
  return count(db, `left(region, ${lengthBelow(days.scope)})`, days);
}

/** By the days they began, in order. */
export function countDutiesByDay(db: Queryable, days: LedgerDays): Promise<DutyCount[]> {
  return count(db, 'day', days);
}

function lengthBelow(scope: Region): number {
  return [6, 9, 12].find((length) => length > scope.length) ?? 12;
}

async function count(
  db: Queryable,
  of: string,
  { scope, from, to }: LedgerDays,
): Promise<DutyCount[]> {
  // What a county or a prefecture asks stands ready by township.
  const view = scope.length < 9 ? 'duty_day_township' : 'duty_day_village';
  const range = regionRange(scope);
  const { rows } = await db.query<DutyCount>(
    `select ${of} as of, verdict, method, sum(duties)::integer as duties,
            sum(late_minutes)::integer as "lateMinutes", sum(completed)::integer as completed
     from ${view}
     where region >= $1 and region < $2 and day >= $3 and day <= $4
     group by 1, 2, 3 order by 1, 2, 3`,
    [range.from, range.to, from, to],
  );
  return rows;
}
