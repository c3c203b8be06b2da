import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  FaceReaderError,
  type FaceReader,
  type FaceReaderOptions,
  type TemplateModel,
} from '#face-reader.ts';
import { LIMITS } from '#limits.ts';
import { readManifest, type Manifest } from '#manifest.ts';
import { MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';
import { FrameQueue } from '#reader/frame-queue.ts';
import type { WorkerAnswer, WorkerStart } from '#reader/messages.ts';

/**
 * Opens the eyes: a thread that has loaded and checked every network of the manifest.
 * @throws FaceReaderError `weights` when a file is missing or is not the pinned one (the message names the file, the
 *   expected hash and the command), `timeout` when loading takes too long; the signal's reason when it was aborted.
 */
export async function openFaceReader(options: FaceReaderOptions = {}): Promise<FaceReader> {
  options.signal?.throwIfAborted();
  const manifest = readManifest(options.manifestFile ?? MANIFEST_FILE);
  const start: WorkerStart = { manifest, weightsDir: options.weightsDir ?? WEIGHTS_DIR };
  // No flags of the parent: a test runner's loaders have no business in the thread.
  const worker = new Worker(new URL('./face-worker.ts', import.meta.url), {
    workerData: start,
    execArgv: [],
  });
  try {
    await whenReady(worker, options.signal);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return serveWith(worker, templateModel(manifest));
}

async function whenReady(worker: Worker, signal?: AbortSignal): Promise<void> {
  const late = AbortSignal.timeout(LIMITS.openTimeoutMs);
  const either = signal === undefined ? late : AbortSignal.any([late, signal]);
  const exited = new AbortController();
  worker.once('exit', (code) => exited.abort(crash(`ended with code ${code} while loading`)));
  const wait = AbortSignal.any([either, exited.signal]);
  try {
    // `once` rejects when the thread throws; the thread itself sends only what `WorkerAnswer` allows.
    const [answer] = (await once(worker, 'message', { signal: wait })) as [WorkerAnswer];
    if (answer.kind === 'unready') throw new FaceReaderError(answer.fault, answer.message);
  } catch (error) {
    signal?.throwIfAborted();
    if (exited.signal.aborted) throw exited.signal.reason;
    if (late.aborted) {
      throw new FaceReaderError(
        'timeout',
        `the networks were not loaded within ${LIMITS.openTimeoutMs / 1000} s`,
        {
          cause: error,
        },
      );
    }
    throw error instanceof FaceReaderError ? error : crash('failed while loading', error);
  }
}

function serveWith(worker: Worker, model: TemplateModel): FaceReader {
  const queue = new FrameQueue({
    send: (request) => worker.postMessage(request, [request.pixels.buffer]),
    stuck: () => {
      queue.close(
        new FaceReaderError(
          'timeout',
          `a frame was not read within ${LIMITS.readTimeoutMs / 1000} s: open a new reader`,
        ),
      );
      void worker.terminate();
    },
  });
  worker.on('message', (answer: WorkerAnswer) => queue.answered(answer));
  worker.on('error', (error) => queue.close(crash('failed', error)));
  worker.on('exit', (code) => queue.close(crash(`ended with code ${code}`)));
  return {
    model,
    read: (frame, options) => queue.read(frame, options?.signal),
    find: (frame, options) => queue.find(frame, options?.signal),
    async [Symbol.asyncDispose]() {
      queue.close(new FaceReaderError('closed', 'the face reader is closed'));
      await worker.terminate();
    },
  };
}

function templateModel({ networks }: Manifest): TemplateModel {
  const { name, sha256, templateLength, threshold } = networks.feature;
  return {
    id: `${name}@${sha256.slice(0, 12)}`,
    length: templateLength,
    matchThreshold: threshold,
  };
}

function crash(how: string, cause?: unknown): FaceReaderError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new FaceReaderError(
    'crashed',
    `the face reader's thread ${how}${why}: open a new reader`,
    { cause },
  );
}
