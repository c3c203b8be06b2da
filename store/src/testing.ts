import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { isRefusal } from '@sightline/contracts';
import { migrate } from '#engine/migrate.ts';
import { openStore, type Store } from '#engine/store.ts';
import { openPGliteStore } from './testing/pglite.ts';
import { sharedCluster } from './testing/shared-cluster.ts';

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

/** A fresh migrated database on the embedded server shared by this process; dropped on dispose. */
export async function openTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  if (options.timescale === true) {
    const store = await openPGliteStore();
    if (options.empty !== true) await migrateOrThrow(store);
    return { ...store, databaseUrl: '' };
  }
  const serverUrl = options.serverUrl ?? (await sharedCluster());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // A server that is not ours gets no template: nobody would take it away again.
  const isFresh = options.empty === true || options.serverUrl !== undefined;
  const template = isFresh ? 'template1' : await templateOf(serverUrl);
  await onServer(serverUrl, `create database ${name} template ${template}`);
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

/** Migrated once a process and server; later databases are copies of it. */
const templates = new Map<string, Promise<string>>();

function templateOf(serverUrl: string): Promise<string> {
  const known = templates.get(serverUrl) ?? makeTemplate(serverUrl);
  templates.set(serverUrl, known);
  return known;
}

async function makeTemplate(serverUrl: string): Promise<string> {
  const name = `test_template_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name}`);
  await using store = await openStore({
    databaseUrl: urlOf(serverUrl, name),
    applicationName: 'sightline-test-template',
  });
  await migrateOrThrow(store);
  return name;
}

async function migrateOrThrow(store: Store): Promise<void> {
  const refusal = await migrate(store);
  if (isRefusal(refusal)) throw new Error(refusal.detail);
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
