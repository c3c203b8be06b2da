import {
  regionRange,
  type DutyPost,
  type Region,
  type RosterSlot,
  type ShiftKey,
} from '@sightline/contracts';
import { awayWhen } from '#absence/absence.ts';
import type { Queryable } from '#engine/store.ts';
import { rosterGround } from '#roster/roster-ground.ts';

const everywhere = { from: '0', to: ':' } as const;

/** A slot of a village that has a terminal, and whether that one is heard. */
export interface WatchedSlot extends RosterSlot {
  readonly region: Region;
  /** False = its terminal is offline or unknown: who stands there is not known either. */
  readonly isHeard: boolean;
  /** 外出: who stands there is away then; and whether the fallback is. */
  readonly isAway: boolean;
  readonly isFallbackAway: boolean;
}

/**
 * The slots of these days in every village of the scope with an enrolled terminal. Where there is none
 * nobody can check in, so nobody is missed.
 */
export async function readWatchedSlots(
  db: Queryable,
  {
    scope,
    from,
    to,
  }: { readonly scope: Region | null; readonly from: string; readonly to: string },
): Promise<WatchedSlot[]> {
  const range = scope === null ? everywhere : regionRange(scope);
  const { rows } = await db.query<WatchedSlot>({
    name: 'read-watched-slots',
    text: `
      with heard as (
        select region, bool_or(status in ('online', 'stale')) as is_heard
        from presence where region >= $1 and region < $2 group by region
      )
      select s.region, s.post, s.shift, s.person_id as "personId", s.fallback_id as "fallbackId",
             h.is_heard as "isHeard", ${awayWhen('s.person_id', 's.shift')} as "isAway",
             ${awayWhen('s.fallback_id', 's.shift')} as "isFallbackAway"
      from roster_slot s join heard h using (region)
      where s.shift >= $3 and s.shift <= $4 || '/night'
      order by s.region, s.shift, s.post`,
    values: [range.from, range.to, from, to],
  });
  return rows;
}

/** A cell that the pattern of a village asks for and nobody holds. */
export interface RosterGap {
  readonly region: Region;
  readonly post: DutyPost;
  readonly shift: ShiftKey;
  readonly isHeard: boolean;
}

/** 空岗 of these days in every village of the scope with an enrolled terminal. */
export async function readRosterGaps(
  db: Queryable,
  {
    scope,
    from,
    to,
  }: { readonly scope: Region | null; readonly from: string; readonly to: string },
): Promise<RosterGap[]> {
  const range = scope === null ? everywhere : regionRange(scope);
  const { rows } = await db.query<RosterGap>(
    `${rosterGround}, heard as (
       select region, bool_or(status in ('online', 'stale')) as is_heard
       from presence where region >= $1 and region < $2 group by region
     )
     select g.region, g.post, g.shift, h.is_heard as "isHeard" from gap g join heard h using (region)
     order by g.region, g.shift, g.post`,
    [range.from, range.to, from, to],
  );
  return rows;
}

export interface Arrival {
  readonly region: Region;
  readonly personId: string;
  /** ISO instant. */
  readonly at: string;
}

/** Who checked in where since then, whatever the method and however sure the clock. */
export async function readArrivals(
  db: Queryable,
  { scope, since }: { readonly scope: Region | null; readonly since: Temporal.Instant },
): Promise<Arrival[]> {
  const range = scope === null ? everywhere : regionRange(scope);
  const { rows } = await db.query<Arrival>({
    name: 'read-arrivals',
    text: `select region, person_id as "personId", effective_at as at from check_in
           where effective_at >= $1 and world = 'actual' and region >= $2 and region < $3
           order by effective_at`,
    values: [since.toString(), range.from, range.to],
  });
  return rows;
}
