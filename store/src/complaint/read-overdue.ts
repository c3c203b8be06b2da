import type { Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { limits } from '#limits.ts';

/** How many complaints of a place wait longer than they may. */
export interface OverdueRow {
  /** A township, or what lies above one where it was said there. */
  readonly region: Region;
  readonly count: number;
  /** When the oldest of them became due. */
  readonly since: string;
}

/**
 * 超期未答复: by township, the longest overdue first; the live view's, without a scope. Those about an
 * account are left out: everybody sees the big screen, and nobody hears that something about them was
 * said. At the due instant itself a complaint is not overdue yet.
 */
export async function readOverdue(
  db: Queryable,
  { answerDays, now }: { readonly answerDays: number; readonly now: Temporal.Instant },
): Promise<OverdueRow[]> {
  // As `answerDueAt`: a day of the answer clock is 24 hours.
  const { rows } = await db.query<OverdueRow>(
    `select left(c.region, 9) as region, count(*)::integer as count,
       min(c.due_from) + make_interval(hours => 24 * $1::integer) as since
     from complaint c left join complaint_text t using (complaint_id)
     where c.state <> 'answered' and t.about_login is null
       and c.due_from < $2::timestamptz - make_interval(hours => 24 * $1::integer)
     group by left(c.region, 9) order by since, region limit $3`,
    [answerDays, now.toString(), limits.overduePlaces],
  );
  return rows;
}
