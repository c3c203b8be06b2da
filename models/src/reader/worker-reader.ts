import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FaceReaderError, type FaceReader, type TemplateModel } from '#face-reader.ts';
import { LIMITS } from '#limits.ts';
import { FrameQueue } from '#reader/frame-queue.ts';
import type { WorkerAnswer, WorkerStart } from '#reader/messages.ts';

/** A face reader whose frames go to a thread that speaks `messages.ts`; throws as `openFaceReader`. */
export async function openWorkerReader(
  workerFile: URL,
  { start, model, signal }: { start: WorkerStart; model: TemplateModel; signal?: AbortSignal },
): Promise<FaceReader> {
  // No flags of the parent: a test runner's loaders have no business in the thread.
  const worker = new Worker(workerFile, { workerData: start, execArgv: [] });
  try {
    await whenReady(worker, signal);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return serveWith(worker, model);
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

function crash(how: string, cause?: unknown): FaceReaderError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new FaceReaderError(
    'crashed',
    `the face reader's thread ${how}${why}: open a new reader`,
    { cause },
  );
}
