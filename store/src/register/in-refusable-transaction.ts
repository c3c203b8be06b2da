import { isRefusal, type Refusal } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Store } from '#engine/store.ts';

/** One transaction that is rolled back when the work throws, and also when it refuses. */
export async function inRefusableTransaction<T>(
  store: Store,
  work: (client: Client) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await inTransaction(store, async (client) => {
      const result = await work(client);
      if (isRefusal(result)) throw new RolledBack(result);
      return result;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal;
    throw error;
  }
}

/** Carries a refusal out of a transaction that must not be committed. */
class RolledBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}
