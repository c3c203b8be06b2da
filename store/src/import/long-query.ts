import type pg from 'pg';
import type { Client } from '#engine/store.ts';
import { importLimits } from './import-limits.ts';

/** From here on a statement of this transaction may take as long as thousands of rows need. */
export async function allowLongStatements(client: Client): Promise<void> {
  await client.query(`set local statement_timeout = ${importLimits.statementMs}`);
}

/** One statement the client waits for as long as the server may take (`allowLongStatements`). */
export function longQuery<T extends pg.QueryResultRow>(
  client: Client,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<T>> {
  const query = { text, values: [...values], query_timeout: importLimits.statementMs };
  return client.query<T>(query);
}
