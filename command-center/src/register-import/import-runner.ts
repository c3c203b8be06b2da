import type { ImportKind, ImportView, Refusal, Region } from '@sightline/contracts';
import {
  applyImport,
  expireImports,
  failImport,
  findImport,
  recoverImports,
  stayApplied,
  undoImport,
  whileHeld,
  type ImportStep,
  type Store,
} from '@sightline/store';
import type { Logger } from 'pino';
import { fileFault, type ImportFaultCode } from '#domain/import-words.ts';
import { importLimits } from './import-limits.ts';
import { runReadWorker } from './run-read-worker.ts';

export interface RunnerParts {
  readonly store: Store;
  readonly keyFile: string | null;
  readonly now: () => Temporal.Instant;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
}

export interface UploadedImport {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly region: Region;
  readonly file: ArrayBuffer;
}

/** Does the long steps of imports behind their requests, one after the other. */
export interface ImportRunner extends AsyncDisposable {
  /** Whether so many wait that no more should be taken. */
  readonly isFull: () => boolean;
  readonly read: (upload: UploadedImport) => void;
  readonly apply: (importId: string, step: ImportStep) => void;
  readonly undo: (importId: string, step: ImportStep) => void;
  /** Resolves when nothing waits any more. */
  readonly idle: () => Promise<void>;
}

/** Starts the runner: fails what a dead process left, and clears away what nobody came back for. */
export async function startImportRunner(parts: RunnerParts): Promise<ImportRunner> {
  const { store, logger, now } = parts;
  const closing = new AbortController();
  let tail: Promise<void> = Promise.resolve();
  let waiting = 0;
  const enqueue = (importId: string, work: () => Promise<void>): void => {
    waiting += 1;
    tail = tail
      .then(() => (closing.signal.aborted ? undefined : work()))
      .catch((error: unknown) => giveUp(parts, { importId, error, signal: closing.signal }))
      .catch((error: unknown) => logger.error({ err: error }, 'An import could not be failed.'))
      .finally(() => (waiting -= 1));
  };
  const upkeep = await startUpkeep(parts);
  return {
    isFull: () => waiting >= importLimits.importsWaiting,
    read: (upload) =>
      enqueue(upload.importId, () => {
        const { keyFile } = parts;
        const at = now().toString();
        const databaseUrl = urlOf(store);
        return runReadWorker({ ...upload, databaseUrl, keyFile, at }, closing.signal);
      }),
    apply: (importId, step) => enqueue(importId, () => applyNow(store, importId, step)),
    undo: (importId, step) => enqueue(importId, () => undoNow(store, importId, step)),
    idle: () => tail,
    async [Symbol.asyncDispose]() {
      upkeep[Symbol.dispose]();
      closing.abort(new Error('The server is stopping.'));
      await tail;
    },
  };
}

/** Recovers what a dead process left, at once or when it is free, and clears old imports away. */
async function startUpkeep({ store, logger, now }: RunnerParts): Promise<Disposable> {
  let held = await recoverImports(store);
  await expireImports(store, now());
  const warn = (error: unknown) =>
    logger.warn({ err: error }, 'Old imports were not kept in order.');
  const recover = setInterval(() => {
    if (held.length === 0) return clearInterval(recover);
    recoverImports(store, held).then((left) => (held = left), warn);
  }, importLimits.recoverMs);
  const sweep = setInterval(
    () => void expireImports(store, now()).catch(warn),
    importLimits.sweepMs,
  );
  recover.unref();
  sweep.unref();
  return {
    [Symbol.dispose]() {
      clearInterval(recover);
      clearInterval(sweep);
    },
  };
}

/** Where the reading thread opens a store of its own: the same database as the server's. */
function urlOf({ pool }: Store): string {
  const { connectionString } = pool.options;
  if (connectionString === undefined) throw new Error('The store was opened without a URL.');
  return connectionString;
}

async function applyNow(store: Store, importId: string, step: ImportStep): Promise<void> {
  await whileHeld(store, importId, async () => {
    const refusal = await applyImport(store, await existing(store, importId), step);
    if (refusal !== null) await failImport(store.pool, importId, [asFault(refusal)]);
  });
}

async function undoNow(store: Store, importId: string, step: ImportStep): Promise<void> {
  await whileHeld(store, importId, async () => {
    const refusal = await undoImport(store, await existing(store, importId), step);
    if (refusal !== null) await stayApplied(store.pool, importId, [asFault(refusal)]);
  });
}

async function existing(store: Store, importId: string): Promise<ImportView> {
  const found = await findImport(store.pool, importId);
  if (found === null) throw new Error(`There is no import ${importId}.`);
  return found;
}

function asFault({ code, detail }: Refusal) {
  // The refusals of applying and undoing have words of the same code.
  return fileFault(code as ImportFaultCode, { detail });
}

/** A step that broke: nothing was changed, and the import says so. While stopping, the next start does. */
async function giveUp(
  { store, logger }: RunnerParts,
  broken: { readonly importId: string; readonly error: unknown; readonly signal: AbortSignal },
): Promise<void> {
  if (broken.signal.aborted) return;
  logger.error({ err: broken.error, importId: broken.importId }, 'An import broke off.');
  await failImport(store.pool, broken.importId, [fileFault('fault')]);
  await stayApplied(store.pool, broken.importId, [fileFault('fault')]);
}
