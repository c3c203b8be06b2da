import { parentPort, workerData } from 'node:worker_threads';
import { FaceReaderError } from '#face-reader.ts';
import { openFacePipeline, type FacePipeline } from '#reader/face-pipeline.ts';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from '#reader/messages.ts';

// The thread's own entry: `openFaceReader` starts it, nobody imports it.

function answer(message: WorkerAnswer): void {
  const memory = 'pixels' in message && message.pixels !== undefined ? [message.pixels.buffer] : [];
  parentPort?.postMessage(message, memory);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function serve(pipeline: FacePipeline, { id, ask, ...frame }: WorkerRequest): Promise<void> {
  const { pixels } = frame;
  try {
    if (ask === 'find') answer({ kind: 'found', id, faces: await pipeline.find(frame), pixels });
    else answer({ kind: 'read', id, faces: await pipeline.read(frame), pixels });
  } catch (error) {
    answer({ kind: 'failed', id, message: text(error), pixels });
  }
}

async function main(start: WorkerStart): Promise<void> {
  try {
    const pipeline = await openFacePipeline(start);
    // The reader sends one frame at a time, so that no queue grows here.
    parentPort?.on('message', (request: WorkerRequest) => void serve(pipeline, request));
    answer({ kind: 'ready' });
  } catch (error) {
    answer({
      kind: 'unready',
      fault: error instanceof FaceReaderError ? error.fault : 'crashed',
      message: text(error),
    });
  }
}

// The only sender of this thread's data is `openFaceReader`, which is typed.
await main(workerData as WorkerStart);
