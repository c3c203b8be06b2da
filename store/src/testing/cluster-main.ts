import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '#engine/embedded/start-embedded-postgres.ts';
import { freePort } from './free-port.ts';

/** One process: an embedded server in the folder given, deleted when the parent's pipe closes. */
const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('Say which folder.');

const stop = Promise.withResolvers<void>();
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stop.resolve());

try {
  await using server = await startEmbeddedPostgres({ dataDir, port: await freePort() });
  if (process.connected) process.send?.({ ready: true, databaseUrl: server.databaseUrl });
  await Promise.race([stop.promise, server.ended]);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);
