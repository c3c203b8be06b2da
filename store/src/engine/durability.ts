import { refuse, type Refusal } from '@sightline/contracts';
import type { Store } from './store.ts';

/** "Acknowledged means stored" needs a server that flushes: refuses one where that is switched off. */
export async function checkDurability(store: Store): Promise<Refusal | null> {
  const { rows } = await store.pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'
     order by name`,
  );
  const [off] = rows;
  if (off === undefined) return null;
  return refuse(
    'not-durable',
    `The database has ${off.name} switched off, so what it acknowledges could be lost. ` +
      `Set ${off.name} = on in postgresql.conf and reload the server.`,
  );
}
