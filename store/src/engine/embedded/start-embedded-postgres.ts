import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import pg from 'pg';
import { limits } from '#limits.ts';
import { lentAccount } from './account.ts';
import { openBinaries } from './binaries.ts';
import { folderBytes, openCluster, superuser } from './cluster.ts';
import { takeOpenLock } from './open-lock.ts';
import { openPlace } from './place.ts';
import { describePortHolder, isPortFree } from './port-holder.ts';
import { clearLeftovers, stopPostmaster } from './postmaster.ts';
import { serverHost, spawnServer } from './server-process.ts';

/** What the embedded server is doing; `bytes` grows while something is written. */
export interface EmbeddedProgress {
  readonly phase:
    | 'place'
    | 'copy-programs'
    | 'create-cluster'
    | 'stop-leftover'
    | 'start'
    | 'recover'
    | 'ready';
  readonly detail: string;
  readonly bytes?: number;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly onProgress?: (progress: EmbeddedProgress) => void;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** Holds the password: never log it. */
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Where the cluster really lies: inside `dataDir`, or below /var/lib/sightline. */
  readonly clusterDir: string;
  /** Why it does not lie inside `dataDir`; null when it does. */
  readonly whyElsewhere: string | null;
  readonly pid: number;
  /** Resolves with the server's last words when it has ended, asked for or not. */
  readonly ended: Promise<string>;
}

/**
 * Starts the PostgreSQL that came with npm on a data directory, on the loopback only. Ends what an
 * earlier life left running there; recovers after a kill. Throws one sentence with the remedy when
 * the directory is open elsewhere, the port is taken or the data are of another major version.
 * Disposing stops the server (bounded by `limits`).
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const onProgress = options.onProgress ?? (() => undefined);
  await mkdir(dataDir, { recursive: true });
  await using held = new AsyncDisposableStack();
  held.use(takeOpenLock(dataDir));

  const account = await lentAccount();
  const place = await openPlace(dataDir, account);
  if (place.why !== null)
    onProgress({ phase: 'place', detail: `${place.why} It lies in ${place.clusterDir}.` });
  const binaries = await copyingWithProgress(onProgress, (onCopy) => openBinaries(account, onCopy));
  const password = await openCluster(place, binaries, (bytes) =>
    onProgress({ phase: 'create-cluster', detail: place.clusterDir, bytes }),
  );
  const leftovers = await clearLeftovers(place.clusterDir);
  if (leftovers.length > 0)
    onProgress({ phase: 'stop-leftover', detail: `processes ${leftovers.join(', ')}` });
  await assertPortFree(options.port);

  onProgress({ phase: 'start', detail: `port ${options.port}` });
  const server = await spawnServer(place, binaries, {
    port: options.port,
    onRecovery: (detail) => onProgress({ phase: 'recover', detail }),
  });
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  // Once it has ended its pid may be somebody else's.
  held.defer(async () => void (hasEnded || (await stopPostmaster(server.pid))));
  const databaseUrl = await ensureDatabase(
    `postgres://${superuser}:${password}@${serverHost}:${options.port}`,
  );
  onProgress({
    phase: 'ready',
    detail: `process ${server.pid}`,
    bytes: await folderBytes(place.clusterDir),
  });
  const owned = held.move();
  return {
    databaseUrl,
    dataDir,
    clusterDir: place.clusterDir,
    whyElsewhere: place.why,
    pid: server.pid,
    ended: server.ended,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function copyingWithProgress<T>(
  onProgress: (progress: EmbeddedProgress) => void,
  work: (onCopy: (to: string) => void) => Promise<T>,
): Promise<T> {
  let watch: NodeJS.Timeout | undefined;
  const report = (detail: string) =>
    void folderBytes(detail).then((bytes) => onProgress({ phase: 'copy-programs', detail, bytes }));
  try {
    return await work((to) => {
      watch = setInterval(() => report(to), limits.progressMs);
    });
  } finally {
    clearInterval(watch);
  }
}

async function assertPortFree(port: number): Promise<void> {
  if (await isPortFree(serverHost, port)) return;
  throw new Error(
    `Port ${port} on ${serverHost}, which the database needs, is taken by ${await describePortHolder(port)}. ` +
      `Stop that program, or choose other ports with --port-base.`,
  );
}

/** Makes the database `sightline` where it is missing; returns its URL. */
async function ensureDatabase(serverUrl: string): Promise<string> {
  const client = new pg.Client({
    connectionString: `${serverUrl}/postgres`,
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.startMs,
  });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      superuser,
    ]);
    if (rowCount === 0) await client.query(`create database ${superuser}`);
  } finally {
    await client.end();
  }
  return `${serverUrl}/${superuser}`;
}
