import { workerData } from 'node:worker_threads';
import { openStore } from '@sightline/store';
import { closedVault, openVault } from './open-vault.ts';
import { readImport } from './read-import.ts';
import type { WorkerJob } from './run-read-worker.ts';

/** The thread in which one workbook is read: its parsing must not hold up anybody's request. */
const job = workerData as WorkerJob; // Made by `runReadWorker`.
await using store = await openStore({
  databaseUrl: job.databaseUrl,
  applicationName: 'sightline-import',
  poolSize: 2,
});
const vault = job.keyFile === null ? closedVault : openVault(job.keyFile);
await readImport(store, vault, {
  importId: job.importId,
  kind: job.kind,
  region: job.region,
  file: Buffer.from(job.file),
  now: Temporal.Instant.from(job.at),
});
