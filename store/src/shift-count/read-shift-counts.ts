import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Check-ins of one region in one span of days, by method. */
export interface ShiftCount {
  readonly region: Region;
  readonly method: string;
  /** True where the device's clock was known. */
  readonly certain: boolean;
  readonly checkIns: number;
}

export interface CountedDays {
  readonly scope: Region;
  /** The first day, and the first day after: `YYYY-MM-DD`. A night belongs to the day it began. */
  readonly fromDay: string;
  readonly toDay: string;
}

/** Check-ins of each village of the scope. */
export function countByVillage(db: Queryable, days: CountedDays): Promise<ShiftCount[]> {
  return count(db, 'shift_count_village', days);
}

/** Check-ins of each township of the scope, which is a township or more. */
export function countByTownship(db: Queryable, days: CountedDays): Promise<ShiftCount[]> {
  return count(db, 'shift_count_township', days);
}

async function count(
  db: Queryable,
  view: 'shift_count_village' | 'shift_count_township',
  { scope, fromDay, toDay }: CountedDays,
): Promise<ShiftCount[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<ShiftCount>(
    `select region, method, certain, sum(check_ins)::integer as "checkIns"
     from ${view}
     where region >= $1 and region < $2 and shift >= $3 and shift < $4
     group by region, method, certain order by region, method, certain`,
    [from, to, fromDay, toDay],
  );
  return rows;
}
