import type { Store } from '#engine/store.ts';

/**
 * Brings the counts up to date where they are continuous aggregates, which do not show rows that came
 * late into days already taken over. Only what changed is counted again; elsewhere there is nothing to do.
 */
export async function refreshShiftCounts({ pool, engine }: Store): Promise<void> {
  if (engine.timescale !== 'community') return;
  for (const name of ['shift_bucket_village', 'shift_bucket_township']) {
    // A procedure of its own transactions: it runs outside any other.
    await pool.query(`call refresh_continuous_aggregate('${name}', null, null)`);
  }
}
