import { isRefusal } from '@sightline/contracts';
import { migrate } from '#engine/migrate.ts';
import type { Store } from '#engine/store.ts';

/** Brings a database of a test to this program's version. */
export async function migrateOrThrow(store: Store): Promise<void> {
  const refusal = await migrate(store);
  if (isRefusal(refusal)) throw new Error(refusal.detail);
}
