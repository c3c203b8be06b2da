import type { Region } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { refreshTerminalRosters } from './refresh-terminal-rosters.ts';

/**
 * Writes every equipped village's roster from a week ago on into what should be at its terminals, some
 * villages a transaction: nobody who changes a roster waits long for it.
 */
export async function refreshAllTerminalRosters(
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
    await inTransaction(store, (client) => refreshTerminalRosters(client, { regions, now: now() }));
    after = last;
  }
}
