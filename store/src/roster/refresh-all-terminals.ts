import type { Region } from '@sightline/contracts';
import { tellAppeals } from '#correction/tell-appeals.ts';
import { settleCourses } from '#course/settle-courses.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { holdDesired } from '#terminals/hold-desired.ts';
import { refreshTerminalRosters } from './refresh-terminal-rosters.ts';
import { tellShiftChanges } from './tell-shift-changes.ts';

/**
 * Writes what the passing of time changes into what should be at every equipped village's terminals: the
 * roster from a week ago on, the shift changes and the appeals that are told of so long, and courses that
 * stand there. Some villages a transaction: nobody who changes a roster waits long for it.
 */
export async function refreshAllTerminals(
  store: Store,
  { now, signal }: { readonly now: () => Temporal.Instant; readonly signal: AbortSignal },
): Promise<void> {
  for (let after: Region = ''; !signal.aborted;) {
    const { rows } = await store.pool.query<{ region: Region }>(
      `select distinct region from terminal where region > $1 order by region limit $2`,
      [after, limits.rosterVillagesPerCall],
    );
    const regions = rows.map(({ region }) => region);
    const last = regions.at(-1);
    if (last === undefined) return;
    await inTransaction(store, (client) => refreshSome(client, regions, now()));
    after = last;
  }
}

async function refreshSome(
  client: Client,
  regions: readonly Region[],
  now: Temporal.Instant,
): Promise<void> {
  await settleCourses(client, { regions, now });
  await refreshTerminalRosters(client, { regions, now });
  await tellShiftChanges(client, await holdDesired(client, regions, 'shiftChanges'), now);
  await tellAppeals(client, await holdDesired(client, regions, 'appeals'), now);
}
