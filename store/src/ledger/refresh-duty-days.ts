import type { Store } from '#engine/store.ts';

/**
 * Brings the day figures up to date where they are continuous aggregates: only what changed is counted
 * again. Elsewhere there is nothing to do.
 */
export async function refreshDutyDays({ pool, engine }: Store): Promise<void> {
  if (engine.timescale !== 'community') return;
  for (const name of ['duty_bucket_village', 'duty_bucket_township']) {
    // A procedure of its own transactions: it runs outside any other.
    await pool.query(`call refresh_continuous_aggregate('${name}', null, null)`);
  }
}
