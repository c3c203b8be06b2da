import { regionRange, type NoticePlan, type Region } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** The villages of a scope that a notice reaches: a terminal stands there whose key is not revoked. */
export async function readEquippedVillages(
  db: Queryable,
  scope: Region,
): Promise<NoticePlan & { readonly regions: readonly Region[] }> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<{ region: Region; isEquipped: boolean }>(
    `select d.region,
            exists (select from terminal t join terminal_source s using (terminal_id)
                    where t.region = d.region and s.revoked_at is null) as "isEquipped"
     from division d
     where d.region >= $1 and d.region < $2 and length(d.region) = 12 and d.ended_on is null
     order by d.region`,
    [from, to],
  );
  const regions = rows.filter(({ isEquipped }) => isEquipped).map(({ region }) => region);
  return { regions, villages: regions.length, notEquipped: rows.length - regions.length };
}

export interface NoticeCase {
  readonly noticeId: string;
  readonly region: Region;
  readonly isWithdrawn: boolean;
}

/** The notice, locked until the end of the transaction; null = there is none. */
export async function holdNotice(client: Client, noticeId: string): Promise<NoticeCase | null> {
  const { rows } = await client.query<NoticeCase>(
    `select notice_id as "noticeId", region, withdrawn_at is not null as "isWithdrawn"
     from notice where notice_id = $1 for update`,
    [noticeId],
  );
  return rows[0] ?? null;
}

export async function findNoticeRegion(db: Queryable, noticeId: string): Promise<Region | null> {
  const { rows } = await db.query<{ region: Region }>(
    'select region from notice where notice_id = $1',
    [noticeId],
  );
  return rows[0]?.region ?? null;
}
