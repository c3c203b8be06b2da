import type { Region } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { refreshRosters } from '#register/roster.ts';
import { holdPerson } from './face-consent.ts';
import { forbidFace } from './face-permission.ts';

/**
 * What a person withdrew at one terminal holds at every terminal of their village: forbids their
 * template wherever no newer code was given out, and tells those terminals. Looks at what stands, not
 * at what is new: it may run at any time, again, and after a rebuild. Returns how many people it
 * changed something for; `limits.withdrawalsPerCall` of it = there is probably more.
 */
export async function honourWithdrawals(store: Store): Promise<number> {
  const waiting = await findWaiting(store.pool);
  let changed = 0;
  for (const withdrawal of waiting) {
    if (await inTransaction(store, (client) => honour(client, withdrawal))) changed += 1;
  }
  return changed;
}

interface Withdrawal {
  readonly personId: string;
  readonly region: Region;
  /** Of the last withdrawal of this person. */
  readonly position: number;
}

/** A withdrawal counts in the person's own village alone, whatever another terminal says. */
async function findWaiting(db: Queryable): Promise<Withdrawal[]> {
  const { rows } = await db.query<Withdrawal>(
    `select p.person_id as "personId", p.region, w.position
     from (
       select person_id, region, max(position) as position
       from consent_event where kind = 'withdrawn' group by person_id, region
     ) w join person p using (person_id, region)
     where p.slot is not null and exists (
       select from terminal t
       left join face_permission f on f.person_id = p.person_id and f.terminal_id = t.terminal_id
       where t.region = p.region and coalesce(f.granted_position, 0) < w.position
         and not coalesce(f.is_withdrawn, false))
     order by w.position limit $1`,
    [limits.withdrawalsPerCall],
  );
  return rows;
}

async function honour(client: Client, withdrawal: Withdrawal): Promise<boolean> {
  if (!(await holdPerson(client, withdrawal))) return false;
  if ((await forbidFace(client, withdrawal)) === 0) return false;
  await refreshRosters(client, [withdrawal.region]);
  return true;
}
