import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ImportKind, Region } from '@sightline/contracts';
import { importLimits } from './import-limits.ts';

/** What the reading thread is given. */
export interface WorkerJob {
  readonly databaseUrl: string;
  /** Null: only sheets without id numbers can be read. */
  readonly keyFile: string | null;
  readonly importId: string;
  readonly kind: ImportKind;
  readonly region: Region;
  readonly at: string;
  /** Handed over: the caller's buffer is empty afterwards. */
  readonly file: ArrayBuffer;
}

/**
 * Reads a workbook in a thread of its own with a bounded heap; resolves when the import is checked or
 * failed. Throws when the thread breaks, takes too long, or `signal` ends it.
 */
export async function runReadWorker(job: WorkerJob, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData: job,
    transferList: [job.file],
    resourceLimits: { maxOldGenerationSizeMb: importLimits.workerMegabytes },
  });
  const late = AbortSignal.timeout(importLimits.readingMs);
  try {
    const [code] = await once(worker, 'exit', { signal: AbortSignal.any([signal, late]) });
    if (code !== 0) throw new Error(`The reading thread ended with code ${String(code)}.`);
  } finally {
    await worker.terminate();
  }
}
