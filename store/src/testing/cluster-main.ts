import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '#engine/embedded/start-embedded-postgres.ts';
import { openStore } from '#engine/store.ts';
import { freePort } from './free-port.ts';
import { migrateOrThrow } from './migrate-or-throw.ts';
import { onServer, urlOf } from './on-server.ts';
import type { TestCluster } from './test-cluster.ts';

/** One process: an embedded server in the folder given, deleted when the parent's pipe closes. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('Say which folder.');
const template = 'test_template';

const stop = Promise.withResolvers<void>();
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stop.resolve());

try {
  await using server = await startEmbeddedPostgres({ dataDir, port: await freePort() });
  await makeTemplate(server.databaseUrl);
  const ready: TestCluster = { serverUrl: server.databaseUrl, template };
  if (process.connected) process.send?.(ready);
  await Promise.race([stop.promise, server.ended]);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);

/** Migrated once; the databases of the tests are copies of it. */
async function makeTemplate(serverUrl: string): Promise<void> {
  await onServer(serverUrl, `create database ${template}`);
  await using store = await openStore({
    databaseUrl: urlOf(serverUrl, template),
    applicationName: 'sightline-test-template',
  });
  await migrateOrThrow(store);
}
