import type { FactData, FactType } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { readStream } from '#log/read-log.ts';
import { entriesOf } from './read-entry.ts';

/** The data of a stream's last fact of that type; null when there is none. */
export async function readLastFact<T extends FactType>(
  db: Queryable,
  { stream, type }: { readonly stream: string; readonly type: T },
): Promise<FactData<T> | null> {
  const { rows } = await db.query<{ before: number }>(
    `select position - 1 as before from log where stream = $1 order by position desc limit 1`,
    [stream],
  );
  const before = rows[0]?.before;
  if (before === undefined) return null;
  const [last] = entriesOf(type, await readStream(db, stream, { after: before, limit: 1 }));
  return last?.data ?? null;
}
