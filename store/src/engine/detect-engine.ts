import type { Queryable } from './queryable.ts';

/** `timescale`: null on plain PostgreSQL; the Apache edition has no continuous aggregates. */
export interface Engine {
  readonly timescale: null | 'community' | 'apache';
  /** Such as 180004. */
  readonly serverVersion: number;
}

const oldestServer = 150_000;

/** Finds out what the database can do; switches TimescaleDB on where the server has it loaded. */
export async function detectEngine(db: Queryable): Promise<Engine> {
  const { rows } = await db.query<{ version: number; loaded: boolean; created: boolean }>(`
    select current_setting('server_version_num')::int as version,
           current_setting('timescaledb.license', true) is not null as loaded,
           exists (select from pg_extension where extname = 'timescaledb') as created`);
  const found = rows[0];
  if (found === undefined) throw new Error('The database answered nothing.');
  if (found.version < oldestServer) {
    throw new Error(
      `PostgreSQL ${Math.floor(found.version / 10_000)} is too old; 15 or newer is needed.`,
    );
  }
  const created = found.created || (found.loaded && (await createExtension(db)));
  return { timescale: created ? await readEdition(db) : null, serverVersion: found.version };
}

/** False where this account may not: the database is then used as plain PostgreSQL. */
async function createExtension(db: Queryable): Promise<boolean> {
  try {
    await db.query('create extension if not exists timescaledb');
    return true;
  } catch {
    return false;
  }
}

async function readEdition(db: Queryable): Promise<'community' | 'apache'> {
  const { rows } = await db.query<{ license: string | null }>(
    `select current_setting('timescaledb.license', true) as license`,
  );
  return rows[0]?.license === 'apache' ? 'apache' : 'community';
}
