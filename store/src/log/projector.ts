import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { startPump } from './follow.ts';
import type { StoredFact } from './log-entry.ts';
import { readLog } from './read-log.ts';

/** One view built from the log. `apply` must give the same result when it sees an entry again. */
export interface Projection {
  /** Stable: the cursor's key. */
  readonly name: string;
  /** Raise it when `apply` changed: the projection is then rebuilt by itself. */
  readonly version: number;
  /** Empties what it wrote, as before the first fact. */
  reset(client: Client): Promise<void>;
  /** Writes what the entries mean; in order, in the transaction that also moves the cursor. */
  apply(client: Client, entries: readonly StoredFact[]): Promise<void>;
}

/** What became visible: the entries after `from` up to `to`. */
export interface Projected {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly StoredFact[];
}

export interface ProjectorOptions {
  /** After each commit, in order; awaited. */
  readonly onProjected?: (projected: Projected) => Promise<void> | void;
  readonly onError?: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/** Keeps projections up to date with the log until disposed; survives database restarts. */
export function startProjector(
  store: Store,
  projections: readonly Projection[],
  options: ProjectorOptions = {},
): AsyncDisposable {
  return startPump(store, {
    ...options,
    step: async () => {
      const projected = await projectOnce(store, projections);
      if (projected === null) return false;
      await options.onProjected?.(projected);
      return projected.entries.length === limits.entriesPerRead;
    },
  });
}

/** Projects one bounded batch; null when nothing is new. */
export function projectOnce(
  store: Store,
  projections: readonly Projection[],
): Promise<Projected | null> {
  return inTransaction(store, async (client) => {
    const cursors = await holdCursors(client, projections);
    const from = Math.min(...cursors.values());
    const entries = await readLog(client, { after: from });
    const last = entries.at(-1);
    if (last === undefined) return null;
    for (const projection of projections) {
      const cursor = cursors.get(projection.name) ?? 0;
      const fresh = entries.filter((entry) => entry.position > cursor);
      if (fresh.length > 0) await projection.apply(client, fresh);
    }
    await client.query(
      'update projection_cursor set position = $2 where name = any ($1) and position < $2',
      [projections.map((projection) => projection.name), last.position],
    );
    return { from, to: last.position, entries };
  });
}

/** Catches up to the end of the log; returns the position reached. */
export async function catchUp(store: Store, projections: readonly Projection[]): Promise<number> {
  let position = 0;
  for (;;) {
    const projected = await projectOnce(store, projections);
    if (projected === null) return position;
    position = projected.to;
  }
}

/** Empties a projection and builds it again from the first fact; returns the position reached. */
export async function rebuild(store: Store, projection: Projection): Promise<number> {
  await inTransaction(store, async (client) => {
    await holdCursors(client, [projection]);
    await restart(client, projection);
  });
  return catchUp(store, [projection]);
}

/**
 * Locks the cursors, so that one projector at a time moves them, and makes missing ones. A projection
 * whose version changed starts again from nothing.
 */
async function holdCursors(
  client: Client,
  projections: readonly Projection[],
): Promise<Map<string, number>> {
  const names = projections.map((projection) => projection.name);
  await client.query(
    `insert into projection_cursor (name, version, position)
     select name, 0, 0 from unnest($1::text[]) as name on conflict do nothing`,
    [names],
  );
  const { rows } = await client.query<{ name: string; version: number; position: number }>(
    `select name, version, position from projection_cursor
     where name = any ($1) order by name for update`,
    [names],
  );
  const cursors = new Map(rows.map((row) => [row.name, row.position]));
  for (const projection of projections) {
    const row = rows.find(({ name }) => name === projection.name);
    if (row?.version === projection.version) continue;
    await restart(client, projection);
    cursors.set(projection.name, 0);
  }
  return cursors;
}

async function restart(client: Client, projection: Projection): Promise<void> {
  await projection.reset(client);
  await client.query('update projection_cursor set position = 0, version = $2 where name = $1', [
    projection.name,
    projection.version,
  ]);
}
