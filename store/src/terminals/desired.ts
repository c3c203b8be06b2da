import type { Desired } from '@sightline/contracts';
import type { Client, Queryable } from '#engine/store.ts';

/** Without what the row itself says. */
type DesiredDocument = Omit<Desired, 'terminalId' | 'version'>;

interface Row {
  readonly terminalId: string;
  readonly version: number;
  readonly document: DesiredDocument;
}

/** What should be at that terminal, or null when there is no such terminal. */
export async function readDesired(db: Queryable, terminalId: string): Promise<Desired | null> {
  const { rows } = await db.query<Row>({
    name: 'read-desired',
    text: 'select terminal_id as "terminalId", version, document from desired where terminal_id = $1',
    values: [terminalId],
  });
  return rows[0] === undefined ? null : toDesired(rows[0]);
}

/**
 * Changes what should be at a terminal, in the caller's transaction: version + 1, and channel
 * `desired` is told the terminal's id at the commit. Throws when there is no such terminal.
 */
export async function updateDesired(
  client: Client,
  terminalId: string,
  change: (desired: Desired) => Desired,
): Promise<Desired> {
  const { rows } = await client.query<Row>(
    `select terminal_id as "terminalId", version, document
     from desired where terminal_id = $1 for update`,
    [terminalId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`There is no terminal ${terminalId}.`);
  const changed: Desired = { ...change(toDesired(row)), terminalId, version: row.version + 1 };
  const { terminalId: _id, version, ...document } = changed;
  await client.query(
    `with told as (select pg_notify('desired', $1))
     update desired set version = $2, document = $3, updated_at = clock_timestamp()
     from told where terminal_id = $1`,
    [terminalId, version, JSON.stringify(document)],
  );
  return changed;
}

/** One desired state and when it was written: ask next for changes since the newest of these. */
export interface DesiredChange {
  readonly desired: Desired;
  /** Microseconds, as the database has it. */
  readonly updatedAt: string;
}

/**
 * What changed since an `updatedAt` (null: nothing yet, everything), oldest first. Looks 10 s further
 * back, because a transaction that began earlier may commit later: the caller compares versions.
 */
export async function listDesiredChanges(
  db: Queryable,
  since: string | null,
): Promise<DesiredChange[]> {
  const { rows } = await db.query<Row & { updatedAt: string }>(
    `select terminal_id as "terminalId", version, document, updated_at::text as "updatedAt"
     from desired where $1::timestamptz is null or updated_at > $1::timestamptz - interval '10 s'
     order by updated_at`,
    [since],
  );
  return rows.map((row) => ({ desired: toDesired(row), updatedAt: row.updatedAt }));
}

function toDesired(row: Row): Desired {
  return { ...row.document, terminalId: row.terminalId, version: row.version };
}
