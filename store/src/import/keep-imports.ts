import type { ImportFault } from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { importLimits } from './import-limits.ts';
import { failImport, stayApplied } from './import-table.ts';
import { allowLongStatements, longQuery } from './long-query.ts';

/** An import at work holds this session lock: it goes with the connection of a process that died. */
const holdKey = `hashtextextended('import ' || $1, 0)`;

/**
 * Runs `work` while this import is held by a connection of its own, so that `recoverImports` of any
 * process sees that somebody is at it.
 */
export async function whileHeld<T>(
  store: Store,
  importId: string,
  work: () => Promise<T>,
): Promise<T> {
  const client = await store.pool.connect();
  const lost = (): void => undefined; // The next query of the import fails and tells.
  client.on('error', lost);
  try {
    await client.query(`select pg_advisory_lock(${holdKey})`, [importId]);
    return await work();
  } finally {
    client.off('error', lost);
    // Ending the session gives the lock back, whatever state it is in.
    client.release(true);
  }
}

/**
 * At the start of a server: imports whose process died in the middle. Nothing of them was changed; what
 * was being read or applied is failed, what was being undone is applied as before. Returns those that
 * are still held, by another process or by a connection whose end the database has not noticed yet: try
 * `among` them again.
 */
export async function recoverImports(
  store: Store,
  among: readonly string[] | null = null,
): Promise<readonly string[]> {
  const { rows } = await store.pool.query<{ importId: string }>(
    `select import_id as "importId" from import where state in ('reading', 'applying', 'undoing')
       and ($1::uuid[] is null or import_id = any ($1))`,
    [among],
  );
  const held: string[] = [];
  for (const { importId } of rows) {
    const isFree = await inTransaction(store, (client) => recoverOne(client, importId));
    if (!isFree) held.push(importId);
  }
  return held;
}

async function recoverOne(client: Client, importId: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock(${holdKey}) as free`,
    [importId],
  );
  if (rows[0]?.free !== true) return false;
  await failImport(client, importId, [fileFault('interrupted')]);
  await stayApplied(client, importId, [fileFault('interrupted')]);
  return true;
}

function fileFault(code: string): ImportFault {
  return { row: null, column: null, header: null, code, params: {} };
}

/** Takes a checked or failed import back: what was staged is gone. False where it was neither. */
export async function discardImport(client: Client, importId: string): Promise<boolean> {
  await allowLongStatements(client);
  const { rowCount } = await client.query(
    `update import set state = 'discarded'
     where import_id = $1 and state in ('reading', 'checked', 'failed')`,
    [importId],
  );
  if (rowCount !== 1) return false;
  await longQuery(client, 'delete from import_row where import_id = $1', [importId]);
  return true;
}

/** Drops what was staged for more than a day, and images nobody may undo with any more. */
export async function expireImports(store: Store, now: Temporal.Instant): Promise<number> {
  const staged = now.subtract({ hours: importLimits.stagedHours }).toString();
  const images = now.subtract({ hours: importLimits.undoDays * 24 }).toString();
  return inTransaction(store, async (client) => {
    await allowLongStatements(client);
    const { rows } = await client.query<{ importId: string }>(
      `select import_id as "importId" from import
       where state in ('checked', 'failed') and made_at < $1 limit $2 for update skip locked`,
      [staged, importLimits.expiredPerSweep],
    );
    for (const { importId } of rows) await discardImport(client, importId);
    await client.query(
      `delete from import_effect e using import i
       where i.import_id = e.import_id and i.state = 'applied' and i.applied_at < $1`,
      [images],
    );
    return rows.length;
  });
}

/** Whether the images of an applied import are still there to undo it with. */
export function mayStillUndo(appliedAt: string, now: Temporal.Instant): boolean {
  const last = Temporal.Instant.from(appliedAt).add({ hours: importLimits.undoDays * 24 });
  return Temporal.Instant.compare(now, last) < 0;
}
