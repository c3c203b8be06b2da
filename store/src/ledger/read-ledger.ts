import {
  regionRange,
  shiftFromKey,
  type Day,
  type DutyPost,
  type DutyVerdict,
  type LedgerRow,
} from '@sightline/contracts';
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

/** The duties of a scope and period by name, newest first. The receipt proves the reading was audited. */
export async function listLedger(
  db: Queryable,
  _receipt: AuditReceipt,
  page: LedgerPage,
): Promise<LedgerRow[]> {
  const range = regionRange(page.scope);
  const span = instantsOf(page);
  const { rows } = await db.query<LedgerRow>(
    `select l.region, l.post, l.day, l.span, l.person_id as "personId", p.name, f.name as fallback,
            l.starts_at as "startsAt", l.ends_at as "endsAt", l.verdict, l.why, l.method,
            l.checked_in_at as "checkedInAt", l.late_minutes as "lateMinutes",
            l.completed_at as "completedAt", l.simulated, l.sample_camera as "sampleCamera"
     from (
       select * from duty_ledger
       where region >= $1 and region < $2 and starts_at >= $3 and starts_at < $4
         and ($5::text is null or verdict = $5) and ($6::text is null or post = $6)
         and ($7::timestamptz is null or starts_at < $7
              or (starts_at = $7 and (region, post) > ($8::text collate "C", $9::text collate "C")))
       order by starts_at desc, region, post limit $10) l
     left join person p on p.person_id = l.person_id
     left join person f on f.person_id = l.fallback_id
     order by l.starts_at desc, l.region, l.post`,
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
    ],
  );
  return rows;
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
