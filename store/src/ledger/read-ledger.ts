import {
  regionRange,
  shiftFromKey,
  watchZone,
  type Day,
  type DutyPost,
  type DutyVerdict,
  type LedgerRow,
} from '@sightline/contracts';
import { approvedVerdict } from '#correction/change-correction.ts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import type { LedgerDays } from './read-duty-days.ts';

/** Where a page of the ledger begins: after this row. */
export type LedgerCursor = Pick<LedgerRow, 'startsAt' | 'region' | 'post'>;

export interface LedgerPage extends LedgerDays {
  readonly verdict: DutyVerdict | null;
  readonly post: DutyPost | null;
  readonly limit: number;
  readonly after: LedgerCursor | null;
}

const openCase = `(select c.state from duty_correction c
  where c.region = l.region and c.post = l.post and c.starts_at = l.starts_at
    and c.state in ('appealed', 'proposed'))`;

/** The original, and beside it what was corrected: neither ever takes the other's place. */
const columns = `l.region, l.post, l.day, l.span, l.person_id as "personId", p.name, f.name as fallback,
  l.starts_at as "startsAt", l.ends_at as "endsAt", l.verdict, l.why, l.method,
  l.checked_in_at as "checkedInAt", o.left_at as "checkedOutAt", o.method as "checkOutMethod", l.late_minutes as "lateMinutes",
  l.completed_at as "completedAt", l.simulated, l.sample_camera as "sampleCamera",
  ${approvedVerdict} as corrected, ${openCase} as "openCase"`;
/**
 * 签退 of whoever came: it bears the shift of a check-in, the one that counted or a later one of the same duty.
 * The last one ends it.
 */
const checkOut = `
  left join lateral (
    select k.left_at, k.method from check_out_known k
    where k.region = l.region and k.left_at >= l.checked_in_at
      and k.person_id = case l.verdict when 'covered' then l.fallback_id else l.person_id end
      and k.shift in (shift_at(l.starts_at), shift_at(l.ends_at - interval '1 second'),
        (select c.said_shift from check_in c
         where c.region = l.region and c.effective_at = l.checked_in_at
           and c.person_id = k.person_id limit 1))
    order by k.left_at desc limit 1
  ) o on true`;
const names = `${checkOut}
  left join person p on p.person_id = l.person_id
  left join person f on f.person_id = l.fallback_id`;

/** 带班, 值班, 备勤: as a day is read. */
const rankOf = (post: string) => `array_position(array['lead', 'watch', 'standby'], ${post})`;

/**
 * The duties of a scope and period by name: the newest day first, and a day as it went, village by village, its day
 * before its night. Page, print and workbook have this one order. The receipt proves the reading was audited. */
export async function listLedger(
  db: Queryable,
  _receipt: AuditReceipt,
  page: LedgerPage,
): Promise<LedgerRow[]> {
  const range = regionRange(page.scope);
  const span = instantsOf(page);
  const { rows } = await db.query<LedgerRow>(
    `select ${columns}
     from (
       select * from duty_ledger
       where region >= $1 and region < $2 and starts_at >= $3 and starts_at < $4
         and ($5::text is null or verdict = $5) and ($6::text is null or post = $6)
         and day >= $11 and day <= coalesce(($7::timestamptz at time zone '${watchZone}')::date::text, $12)
         and ($7::timestamptz is null
              or day < ($7::timestamptz at time zone '${watchZone}')::date::text
              or (region, starts_at, ${rankOf('post')})
                 > ($8::text collate "C", $7::timestamptz, ${rankOf('$9::text')}))
       order by day desc, region, starts_at, ${rankOf('post')} limit $10) l
     ${names}
     order by l.day desc, l.region, l.starts_at, ${rankOf('l.post')}`,
    [
      range.from,
      range.to,
      span.from,
      span.to,
      page.verdict,
      page.post,
      page.after?.startsAt ?? null,
      page.after?.region ?? null,
      page.after?.post ?? null,
      page.limit,
      page.from,
      page.to,
    ],
  );
  return rows;
}

/** 台账的一行, by its key; null where the ledger has none. The receipt proves the reading was audited. */
export async function readLedgerRow(
  db: Queryable,
  _receipt: AuditReceipt,
  { region, post, startsAt }: LedgerCursor,
): Promise<LedgerRow | null> {
  const { rows } = await db.query<LedgerRow>(
    `select ${columns} from duty_ledger l ${names}
     where l.region = $1 and l.post = $2 and l.starts_at = $3`,
    [region, post, startsAt],
  );
  return rows[0] ?? null;
}

/** When the first of those days begins and the day after the last: that of a day shift. */
export function instantsOf({ from, to }: { readonly from: Day; readonly to: Day }): {
  readonly from: string;
  readonly to: string;
} {
  return {
    from: shiftFromKey(`${from}/day`).from.toString(),
    to: shiftFromKey(`${to}/night`).to.toString(),
  };
}
