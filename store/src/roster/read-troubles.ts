import {
  regionRange,
  type Day,
  type DutyPost,
  type Region,
  type RosterTroubleKind,
  type ShiftKey,
} from '@sightline/contracts';
import { awayWhen } from '#absence/absence.ts';
import type { Queryable } from '#engine/store.ts';
import { rosterGround } from './roster-ground.ts';

/** 空岗, 一人两岗, 连续值守, 人员已停用, 人员外出. One cell of a roster that will not hold. */
export interface RosterTrouble {
  readonly shift: ShiftKey;
  readonly region: Region;
  readonly post: DutyPost;
  readonly kind: RosterTroubleKind;
  /** Null = nobody stands there. */
  readonly personId: string | null;
}

/** Where a page of troubles goes on. */
export type TroubleCursor = Pick<RosterTrouble, 'shift' | 'region' | 'post' | 'kind'>;

export interface TroublePage {
  readonly scope: Region;
  readonly from: Day;
  /** Inclusive. */
  readonly to: Day;
  /** Shifts before this one are over and not told of. */
  readonly fromShift: ShiftKey;
  readonly after: TroubleCursor | null;
  readonly limit: number;
}

/** What is wrong in the scope's rosters on those days, soonest first. */
export async function readRosterTroubles(
  db: Queryable,
  { scope, from, to, fromShift, after, limit }: TroublePage,
): Promise<RosterTrouble[]> {
  const range = regionRange(scope);
  const first = after === null || after.shift < fromShift ? fromShift : after.shift;
  const day = first.slice(0, 10);
  const { rows } = await db.query<RosterTrouble>(
    `${rosterGround}, trouble as (
       select shift, region, post, 'gap' as kind, null::uuid as person_id from gap
       union all
       select shift, region, post, 'two-posts', person_id from twice
       union all
       select shift, region, post, 'too-long', person_id from long
       union all
       select h.shift, h.region, h.post, 'left', h.person_id from held h join person p using (person_id)
         where p.slot is null
       union all
       select h.shift, h.region, h.post, 'away', h.person_id from held h
         where ${awayWhen('h.person_id', 'h.shift')}
     )
     select shift, region, post, kind, person_id as "personId" from trouble
     where shift >= $5 and ($6::text is null or (shift, region, post, kind)
       > ($6::text collate "C", $7::text collate "C", $8::text collate "C", $9::text))
     order by shift, region, post, kind limit $10`,
    [
      range.from,
      range.to,
      day > from ? day : from,
      to,
      first,
      after?.shift ?? null,
      after?.region ?? null,
      after?.post ?? null,
      after?.kind ?? null,
      limit,
    ],
  );
  return rows;
}
