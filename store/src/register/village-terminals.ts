import { regionRange, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** How many terminals each village of the scope has; villages without any are left out. */
export async function countTerminals(db: Queryable, scope: Region): Promise<Map<Region, number>> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<{ region: string; terminals: number }>(
    `select region, count(*)::int as terminals from terminal
     where region >= $1 and region < $2 group by region`,
    [from, to],
  );
  return new Map(rows.map((row) => [row.region, row.terminals]));
}

/** The terminals of one village, by id. */
export async function terminalIdsOf(db: Queryable, region: Region): Promise<string[]> {
  const { rows } = await db.query<{ terminal_id: string }>(
    'select terminal_id from terminal where region = $1 order by terminal_id',
    [region],
  );
  return rows.map((row) => row.terminal_id);
}

/** The village a terminal stands in, or null when there is no such terminal. */
export async function findTerminalRegion(
  db: Queryable,
  terminalId: string,
): Promise<Region | null> {
  const { rows } = await db.query<{ region: string }>(
    'select region from terminal where terminal_id = $1',
    [terminalId],
  );
  return rows[0]?.region ?? null;
}

/** The version of what should be at each of these terminals. */
export async function readDesiredVersions(
  db: Queryable,
  terminalIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ terminal_id: string; version: number }>(
    'select terminal_id, version from desired where terminal_id = any ($1)',
    [terminalIds],
  );
  return new Map(rows.map((row) => [row.terminal_id, row.version]));
}
