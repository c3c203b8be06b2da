import { randomUUID } from 'node:crypto';
import {
  createAccount,
  inTransaction,
  orderSpotCheck,
  setCredentials,
  type Store,
} from '@sightline/store';
import { equippedVillages } from './seed-scene.ts';

/** The check that `seedChecks` leaves ringing. */
export const shownCheck = '0190a5d4-0000-7000-8000-0000000000c1';

/** A check that rings in a county, each village at another stage, and one of yesterday. For pictures. */
export async function seedChecks(store: Store): Promise<void> {
  const now = Temporal.Now.instant();
  const region = '5402';
  const roles = ['dispatcher'] as const;
  const accountId = await createAccount(store.pool, { roles, region, now });
  await setCredentials(store.pool, {
    accountId,
    login: 'pianduo',
    passwordHash: 'nobody signs in',
  });
  const rings = equippedVillages().filter((village) => village.startsWith('540235'));
  const asked = { region: '540235', reason: 'weather-warning', seconds: 900, rings } as const;
  const leftOut = [{ region: '540235200999', why: 'not-equipped' }] as const;
  const by = { login: 'pianduo', roles: [...roles], region };
  const check = { ...asked, note: '今夜到明晨有暴雪，请确认值班在岗', accountId, by, leftOut };
  for (const [checkId, hours] of [
    [randomUUID(), 26],
    [shownCheck, 0],
  ] as const) {
    const at = now.subtract({ hours, seconds: 100 });
    const change = { now: at, actor: `account:${accountId}` };
    await inTransaction(store, (client) => orderSpotCheck(client, { ...check, checkId }, change));
    await settle(store, checkId);
  }
}

/** What their terminals would have said: most have answered, one in twelve is at each other stage. */
async function settle(store: Store, checkId: string): Promise<void> {
  await store.pool.query(
    `with placed as (
       select region, row_number() over (order by region) as n from spot_check_village
       where check_id = $1 and left_out is null
     )
     update spot_check_village v set
       delivered_at = case when n % 12 > 0 then ordered_at + interval '400 ms' end,
       shown_at = case when n % 12 > 1 then ordered_at + interval '700 ms' end,
       call_asked_at = case when n % 12 = 2 then ordered_at + interval '20 s' end,
       answered_at = case when n % 12 > 3 then ordered_at + (5 + n * 7 % 80) * interval '1 s' end,
       answer_ms = case when n % 12 > 3 then 1000 * (4 + n * 7 % 80) end,
       method = case when n % 12 > 3 then case when n % 3 = 0 then 'face' else 'pin' end end
     from placed where v.check_id = $1 and v.region = placed.region`,
    [checkId],
  );
}
