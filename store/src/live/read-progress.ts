import type { Queryable } from '#engine/store.ts';
import { liveProjections } from './live-projections.ts';

/** How far the log reaches and how far the live view has read it. */
export interface Progress {
  readonly last: number;
  readonly asOf: number;
}

export async function readProgress(db: Queryable): Promise<Progress> {
  const { rows } = await db.query<Progress>({
    name: 'read-progress',
    text: `select coalesce((select max(position) from log), 0) as last,
      coalesce((select min(position) from projection_cursor where name = any ($1)), 0) as "asOf"`,
    values: [liveProjections.map(({ name }) => name)],
  });
  return rows[0] ?? { last: 0, asOf: 0 };
}

/** The log position up to which the live view has read. */
export async function readAsOf(db: Queryable): Promise<number> {
  return (await readProgress(db)).asOf;
}
