import {
  regionRange,
  type NoticeLevel,
  type NoticeReceipt,
  type Region,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

/** A notice with what became of it in the villages of one scope. */
export interface ListedNotice {
  readonly noticeId: string;
  readonly region: Region;
  readonly level: NoticeLevel;
  readonly title: string;
  readonly by: string;
  readonly postedAt: string;
  readonly mustReadBy: string | null;
  readonly withdrawnAt: string | null;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
}

const columns = `
  n.notice_id as "noticeId", n.region, n.level, n.title, a.login as by, n.posted_at as "postedAt",
  n.must_read_by as "mustReadBy", n.withdrawn_at as "withdrawnAt", count(*)::integer as sent,
  count(v.delivered_at)::integer as delivered, count(v.read_at)::integer as read`;
const notices =
  'from notice n join account a using (account_id) join notice_village v using (notice_id)';

export interface NoticePage {
  readonly scope: Region;
  readonly limit: number;
  /** The last row of the page before. */
  readonly before: { readonly at: string; readonly id: string } | null;
}

/** The notices that villages of the scope were sent; newest first. */
export async function listNotices(
  db: Queryable,
  _receipt: AuditReceipt,
  page: NoticePage,
): Promise<ListedNotice[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<ListedNotice>(
    `select ${columns} ${notices} where v.region >= $1 and v.region < $2
       and ($3::timestamptz is null or (n.posted_at, n.notice_id) < ($3, $4::uuid))
     group by n.notice_id, a.login order by n.posted_at desc, n.notice_id desc limit $5`,
    [from, to, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
}

/** One notice with who signed for it, by name; null where the scope was not sent it. */
export async function readNotice(
  db: Queryable,
  _receipt: AuditReceipt,
  { noticeId, scope }: { readonly noticeId: string; readonly scope: Region },
): Promise<
  (ListedNotice & { readonly text: string; readonly receipts: readonly NoticeReceipt[] }) | null
> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<ListedNotice & { text: string }>(
    `select ${columns}, n.text ${notices}
     where n.notice_id = $1 and v.region >= $2 and v.region < $3 group by n.notice_id, a.login`,
    [noticeId, from, to],
  );
  const [notice] = rows;
  if (notice === undefined) return null;
  const receipts = await db.query<NoticeReceipt>(
    `select v.region, v.delivered_at as "deliveredAt", v.read_at as "readAt", p.name as "readBy"
     from notice_village v left join person p using (person_id)
     where v.notice_id = $1 and v.region >= $2 and v.region < $3
     order by v.read_at is not null, v.delivered_at is not null, v.region`,
    [noticeId, from, to],
  );
  return { ...notice, receipts: receipts.rows };
}
