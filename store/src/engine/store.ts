import pg from 'pg';
import { limits } from '#limits.ts';
import { columnTypes } from './column-types.ts';
import { detectEngine, type Engine } from './detect-engine.ts';
import type { Queryable } from './queryable.ts';

export type { Engine } from './detect-engine.ts';
export type { Client, Queryable } from './queryable.ts';

/**
 * The open database. Rows come back with `bigint` as number and instants as ISO text in UTC with
 * milliseconds, the form they have in facts.
 */
export interface Store extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly engine: Engine;
  /** A connection of its own, not connected yet: for LISTEN. */
  openClient(): pg.Client;
}

export interface StoreOptions {
  readonly databaseUrl: string;
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** An idle connection broke, as on a database restart; the pool opens another by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** Opens the database and finds out what it can do. Throws when it cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const config: pg.ClientConfig = {
    connectionString: options.databaseUrl,
    application_name: options.applicationName,
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: limits.statementMs,
    query_timeout: limits.statementMs + limits.connectMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    keepAlive: true,
    options: '-c timezone=UTC',
    types: columnTypes,
  };
  const pool = new pg.Pool({ ...config, max: options.poolSize ?? limits.poolSize });
  // Without a listener a database restart would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  try {
    return storeOver(pool, {
      engine: await detectEngine(pool),
      openClient: () => new pg.Client(config),
    });
  } catch (cause) {
    await pool.end();
    throw new Error(
      `The database ${redact(options.databaseUrl)} cannot be opened: ${sentence(cause)}`,
      {
        cause,
      },
    );
  }
}

/** A store over a pool that somebody else configured. */
export function storeOver(pool: pg.Pool, parts: Pick<Store, 'engine' | 'openClient'>): Store {
  let closing: Promise<void> | null = null;
  return {
    pool,
    ...parts,
    [Symbol.asyncDispose]: () => (closing ??= pool.end()),
  };
}

/** The pool of a store; a queryable as it is. */
export function queryableOf(db: Store | Queryable): Queryable {
  return 'pool' in db ? db.pool : db;
}

function redact(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    return `${url.protocol}//${url.host}${url.pathname}`;
  } catch {
    return 'of DATABASE_URL (no URL: postgres://user:password@host:port/name is expected)';
  }
}

function sentence(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(sentence).join(' ');
  return cause instanceof Error ? cause.message : String(cause);
}
