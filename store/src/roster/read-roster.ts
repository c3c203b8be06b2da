import { regionRange, type Day, type Region, type RosterSlot } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** A slot of one of many villages. */
export interface StoredSlot extends RosterSlot {
  readonly region: Region;
}

export interface RosterDays {
  readonly scope: Region;
  readonly from: Day;
  /** The last day, inclusive. */
  readonly to: Day;
}

/** Every slot of the scope's villages that belongs to those days, in order of village, shift and post. */
export async function readRoster(
  db: Queryable,
  { scope, from, to }: RosterDays,
): Promise<StoredSlot[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<StoredSlot>({
    name: 'read-roster',
    text: `select region, post, shift, person_id as "personId", fallback_id as "fallbackId"
           from roster_slot
           where region >= $1 and region < $2 and shift >= $3 and shift <= $4 || '/night'
           order by region, shift, post`,
    values: [range.from, range.to, from, to],
  });
  return rows;
}
