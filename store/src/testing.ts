import { randomUUID } from 'node:crypto';
import { openStore, type Store } from '#engine/store.ts';
import { migrateOrThrow } from './testing/migrate-or-throw.ts';
import { onServer, urlOf } from './testing/on-server.ts';
import { openMigratedPGlite, openPGliteStore } from './testing/pglite.ts';
import { sharedCluster } from './testing/test-cluster.ts';

export { TestSource } from './live/testing-facts.ts';
export { insertCourse, testManifest, type TestCourse } from './course/testing-course.ts';
export { insertMember, insertOrganisation } from './organisation/testing-register.ts';

export interface TestStore extends Store {
  /** '' on PGlite, which only this store can reach. */
  readonly databaseUrl: string;
}

export interface TestStoreOptions {
  /** PGlite with TimescaleDB instead of a server: one connection, no LISTEN. */
  readonly timescale?: boolean;
  /** A server of the caller's choice instead of the embedded one: URL of an account that may create databases. */
  readonly serverUrl?: string;
  /** Leave the database without tables. */
  readonly empty?: boolean;
}

/** A fresh migrated database on the embedded server shared by the run of tests; dropped on dispose. */
export async function openTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  if (options.timescale === true) {
    const store = await (options.empty === true ? openPGliteStore() : openMigratedPGlite());
    return { ...store, databaseUrl: '' };
  }
  // A server that is not ours gets no template: nobody would take it away again.
  const { serverUrl, template } =
    options.serverUrl === undefined
      ? await sharedCluster()
      : { serverUrl: options.serverUrl, template: null };
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const isFresh = options.empty === true || template === null;
  await onServer(serverUrl, `create database ${name} template ${isFresh ? 'template1' : template}`);
  const databaseUrl = urlOf(serverUrl, name);
  const store = await openStore({ databaseUrl, applicationName: 'sightline-test' });
  if (isFresh && options.empty !== true) await migrateOrThrow(store);
  return {
    ...store,
    databaseUrl,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}
