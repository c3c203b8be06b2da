import type { Fact } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { limits } from '#limits.ts';
import type { StoredFact } from './log-entry.ts';

/** The next entries after a position, in order; at most `limit`. */
export async function readLog(
  db: Queryable,
  from: { readonly after: number; readonly limit?: number },
): Promise<StoredFact[]> {
  const { rows } = await db.query<Row>({
    name: 'read-log',
    text: `select position, body, received_at as "receivedAt"
           from log where position > $1 order by position limit $2`,
    values: [from.after, from.limit ?? limits.entriesPerRead],
  });
  return rows.map(toStoredFact);
}

/** A stream's facts after a position, in order: what a decider folds. */
export async function readStream(
  db: Queryable,
  stream: string,
  page: { readonly after?: number; readonly limit?: number } = {},
): Promise<StoredFact[]> {
  const { rows } = await db.query<Row>(
    `select position, body, received_at as "receivedAt"
     from log where stream = $1 and position > $2 order by position limit $3`,
    [stream, page.after ?? 0, page.limit ?? limits.entriesPerRead],
  );
  return rows.map(toStoredFact);
}

/** Position of the newest entry, 0 when the log is empty. */
export async function lastPosition(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ last: number | null }>('select max(position) as last from log');
  return rows[0]?.last ?? 0;
}

interface Row {
  readonly position: number;
  readonly body: string;
  readonly receivedAt: string;
}

function toStoredFact(row: Row): StoredFact {
  // The log holds only what passed parseFact at the door, or was made by appendCentreFacts.
  const fact = JSON.parse(row.body) as Fact;
  return { position: row.position, fact, body: row.body, receivedAt: row.receivedAt };
}
