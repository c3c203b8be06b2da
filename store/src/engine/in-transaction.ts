import type { Client, Store } from './store.ts';

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export async function inTransaction<T>(
  store: Store,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await store.pool.connect();
  // A connection lost between two queries would end the process; the next query fails and tells.
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection whose rollback fails is not given back to the pool.
    broken = await client.query('rollback').then(
      () => undefined,
      (cause: unknown) => new Error('The rollback failed.', { cause }),
    );
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

function ignore(): void {}
