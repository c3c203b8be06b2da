import { readFileSync } from 'node:fs';
import type { Store } from '@sightline/store';

/** Process id of the database server behind the store, which must be on this machine. */
export async function postmasterOf(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  );
  const pid = rows[0]?.pid;
  if (pid === undefined) throw new Error('The database tells no process of its own.');
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  return Number(rest.split(' ')[1]);
}
