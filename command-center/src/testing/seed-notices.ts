import { randomUUID } from 'node:crypto';
import {
  createAccount,
  inTransaction,
  postNotice,
  setCredentials,
  type Store,
} from '@sightline/store';
import { equippedVillages } from './seed-scene.ts';

/** The notice that `seedNotices` leaves half read. */
export const shownNotice = '0190a5d4-0000-7000-8000-0000000000b1';

/** An important notice of today, each village with another receipt, and one of last week. For pictures. */
export async function seedNotices(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const region = '5402';
  const roles = ['dispatcher'] as const;
  const accountId = await createAccount(store.pool, { roles, region, now });
  const credentials = { accountId, login: 'yangzom', passwordHash: 'nobody signs in' };
  await setCredentials(store.pool, credentials);
  const villages = equippedVillages().filter((village) => village.startsWith('540235'));
  const by = { login: 'yangzom', roles: [...roles], region };
  const notice = {
    region: '540235',
    level: 'important',
    title: '今夜到明晨有暴雪，请各村做好值守和牲畜棚加固',
    text: '各村：\n今夜八时起有暴雪。请值班人员在岗，检查牲畜棚、危房和道路。\n有情况请马上求助。',
    accountId,
    by,
    villages,
  } as const;
  for (const [noticeId, hours] of [
    [randomUUID(), 24 * 7],
    [shownNotice, 2],
  ] as const) {
    const at = now.subtract({ hours });
    const mustReadBy = at.add({ hours: 12 }).toString({ fractionalSecondDigits: 3 });
    const change = { now: at, actor: `account:${accountId}` };
    await inTransaction(store, (client) =>
      postNotice(client, { ...notice, noticeId, mustReadBy }, change),
    );
  }
  // What their terminals would have said.
  await store.pool.query(
    `with placed as (
       select notice_id, region, row_number() over (order by region) as n from notice_village
     )
     update notice_village v set
       delivered_at = case when n % 9 > 0 then posted_at + interval '1 s' end,
       read_at = case when n % 9 > 2 then posted_at + n % 50 * interval '1 minute' end,
       read_position = case when n % 9 > 2 then 1 end
     from placed p join notice using (notice_id)
     where v.notice_id = p.notice_id and v.region = p.region`,
  );
}
