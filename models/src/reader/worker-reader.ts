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
  const ended = new AbortController();
  worker.on('error', (error) => ended.abort(crash('failed', error)));
  worker.once('exit', (code) => ended.abort(crash(`ended with code ${code} while loading`)));
  const signals = [late, ended.signal, ...(signal === undefined ? [] : [signal])];
  try {
    // The thread sends only what `WorkerAnswer` allows: both ends are typed by `messages.ts`.
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.any(signals) })) as [
      WorkerAnswer,
    ];
    if (answer.kind === 'unready') throw new FaceReaderError(answer.fault, answer.message);
  } catch (error) {
    // What the thread said counts more than that it ended after saying it.
    if (error instanceof FaceReaderError) throw error;
    signal?.throwIfAborted();
    ended.signal.throwIfAborted();
    if (late.aborted) throw tooLate('the networks were not loaded', LIMITS.openTimeoutMs);
    throw error;
  }
}

function serveWith(worker: Worker, model: TemplateModel): FaceReader {
  const queue = new FrameQueue({
    send: (request) => worker.postMessage(request, [request.pixels.buffer]),
    stuck: () => {
      queue.close(tooLate('a frame was not read', LIMITS.readTimeoutMs));
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

function tooLate(what: string, limitMs: number): FaceReaderError {
  return new FaceReaderError('timeout', `${what} within ${limitMs / 1000} s: open a new reader`);
}

function crash(how: string, cause?: unknown): FaceReaderError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new FaceReaderError(
    'crashed',
    `the face reader's thread ${how}${why}: open a new reader`,
    { cause },
  );
}
