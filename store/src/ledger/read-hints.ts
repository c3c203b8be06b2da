import { ledgerHints, regionRange, type LedgerHint } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import type { LedgerDays } from './read-duty-days.ts';
import { instantsOf } from './read-ledger.ts';

/** Something two rows have in common, before it is put together with its like. */
export interface HintPair extends Omit<LedgerHint, 'people'> {
  readonly people: readonly [LedgerHint['people'][number], LedgerHint['people'][number]];
}

interface PairRow extends Omit<LedgerHint, 'people'> {
  readonly personA: string;
  readonly nameA: string | null;
  readonly personB: string;
  readonly nameB: string | null;
}

/** More pairs than hints: several of them make one. */
const pairsAtOnce = 4 * ledgerHints;

/** What is worth a look in a scope and period, newest first. The receipt proves the reading was audited. */
export async function listHintPairs(
  db: Queryable,
  _receipt: AuditReceipt,
  days: LedgerDays,
): Promise<HintPair[]> {
  const range = regionRange(days.scope);
  const span = instantsOf(days);
  const { rows } = await db.query<PairRow>(
    `with made as materialized (
       select region, terminal_id, effective_at, person_id, method, face_figures,
              lag(effective_at) over of_terminal as at_before, lag(person_id) over of_terminal as person_before
       from check_in
       where region >= $1 and region < $2 and effective_at >= $3 and effective_at < $4
         and certain and world = 'actual' and not sample_camera and method in ('pin', 'face')
       window of_terminal as (partition by region, terminal_id, method order by effective_at)
     ), owed as (
       select region, post, starts_at, person_id, lag(post) over of_person as post_before,
              lag(ends_at) over of_person as ends_before
       from duty_ledger
       where region >= $1 and region < $2 and starts_at >= $3::timestamptz - interval '1 day'
         and starts_at < $4
       window of_person as (partition by region, person_id order by starts_at, post)
     ), pair as (
       select 'together' as kind, region, at_before as at, person_before as a, person_id as b from made
       where method = 'pin' and person_before <> person_id
         and effective_at <= at_before + interval '60 seconds'
       union all
       select 'same-figures', region, min(effective_at), (array_agg(person_id order by effective_at))[1],
              (array_agg(person_id order by effective_at))[2]
       from made where face_figures is not null group by region, face_figures having count(*) > 1
       union all
       select 'two-posts', region, starts_at, person_id, person_id from owed
       where post_before <> post and ends_before > starts_at and starts_at >= $3
     )
     select kind, pair.region, at, a as "personA", pa.name as "nameA", b as "personB", pb.name as "nameB"
     from (select * from pair order by at desc, region limit ${pairsAtOnce}) as pair
     left join person pa on pa.person_id = a left join person pb on pb.person_id = b
     order by at desc, pair.region, kind`,
    [range.from, range.to, span.from, span.to],
  );
  return rows.map(({ kind, region, at, personA, nameA, personB, nameB }) => ({
    kind,
    region,
    at,
    people: [
      { personId: personA, name: nameA },
      { personId: personB, name: nameB },
    ],
  }));
}
