import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#engine/embedded/start-embedded-postgres.ts';

/**
 * One process that owns the embedded server of a data directory: `postgres-main.ts --data DIR --port N`.
 * Tells its parent `{progress}`, then `{ready: true, databaseUrl, pid, clusterDir}`, or `{failed}`;
 * stops the server when the parent's pipe closes or on SIGTERM and SIGINT.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string' } } });

function tell(message: object): void {
  if (process.connected) process.send?.(message);
}

function fail(sentence: string): never {
  tell({ failed: sentence });
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (values.data === undefined || values.port === undefined) {
  fail('Say which data directory and which port: --data DIR --port N.');
}

// Asked to stop before it stands: remembered, and done as soon as it does.
const stop = Promise.withResolvers<void>();
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stop.resolve());

try {
  await using server = await startEmbeddedPostgres({
    dataDir: values.data,
    port: Number(values.port),
    onProgress: (progress) => tell({ progress }),
  });
  const { databaseUrl, pid, clusterDir } = server;
  tell({ ready: true, databaseUrl, pid, clusterDir });
  const lastWords = await Promise.race([stop.promise, server.ended]);
  if (lastWords !== undefined) fail(`The database process ${pid} ended by itself. ${lastWords}`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
process.exit(0);
