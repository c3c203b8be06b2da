import type { Face, FoundFace, RgbFrame } from '#domain/face.ts';
import { FaceReaderError } from '#face-reader.ts';
import { frameFault } from '#domain/check-frame.ts';
import { LIMITS } from '#limits.ts';
import type { WorkerAnswer, WorkerRequest } from '#reader/messages.ts';

interface Job {
  readonly request: WorkerRequest;
  readonly settle: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** What the queue needs of the thread. */
export interface FrameSink {
  send(request: WorkerRequest): void;
  /** The frame being read did not end in time: the thread is stuck. */
  stuck(): void;
}

/** The ceilings that the queue keeps. */
export interface QueueLimits {
  readonly framePixels: number;
  readonly frameSidePx: number;
  readonly waitingFrames: number;
  readonly readTimeoutMs: number;
}

/** Frames on their way to the thread: one is being read, a few wait, the next one is refused as `busy`. */
export class FrameQueue {
  readonly #sink: FrameSink;
  readonly #waiting: Job[] = [];
  #running: Job | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed: FaceReaderError | null = null;
  #nextId = 1;
  /** Memory of the frame read last: fresh memory for every frame costs the thread's time. */
  #spare: Uint8Array<ArrayBuffer> | null = null;

  readonly #limits: QueueLimits;

  constructor(sink: FrameSink, limits: QueueLimits = LIMITS) {
    this.#sink = sink;
    this.#limits = limits;
  }

  read(frame: RgbFrame, signal?: AbortSignal): Promise<Face[]> {
    return this.#ask(frame, {
      ask: 'read',
      signal,
      pick: (answer) => (answer.kind === 'read' ? answer.faces : null),
    });
  }

  find(frame: RgbFrame, signal?: AbortSignal): Promise<FoundFace[]> {
    return this.#ask(frame, {
      ask: 'find',
      signal,
      pick: (answer) => (answer.kind === 'found' ? answer.faces : null),
    });
  }

  /** The thread's answer to the frame being read. */
  answered(answer: WorkerAnswer): void {
    const job = this.#running;
    if (job === null || !('id' in answer) || answer.id !== job.request.id) return;
    this.#running = null;
    this.#spare = answer.pixels ?? null;
    clearTimeout(this.#timer);
    job.settle(answer);
    this.#next();
  }

  /** Ends every frame, those to come too, with the reason. */
  close(reason: FaceReaderError): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    clearTimeout(this.#timer);
    const jobs =
      this.#running === null
        ? this.#waiting.splice(0)
        : [this.#running, ...this.#waiting.splice(0)];
    this.#running = null;
    for (const job of jobs) job.reject(reason);
  }

  async #ask<T>(
    frame: RgbFrame,
    how: {
      ask: WorkerRequest['ask'];
      signal?: AbortSignal;
      pick: (answer: WorkerAnswer) => T | null;
    },
  ): Promise<T> {
    how.signal?.throwIfAborted();
    const fault = frameFault(frame, this.#limits);
    if (fault !== null) throw new FaceReaderError('frame', fault);
    if (this.#closed !== null) throw this.#closed;
    if (this.#waiting.length >= this.#limits.waitingFrames) {
      throw new FaceReaderError(
        'busy',
        `${this.#waiting.length} frames wait already (limit waitingFrames = ${this.#limits.waitingFrames}): leave this one out`,
      );
    }
    return await this.#enqueue(frame, how);
  }

  #enqueue<T>(
    frame: RgbFrame,
    how: {
      ask: WorkerRequest['ask'];
      signal?: AbortSignal;
      pick: (answer: WorkerAnswer) => T | null;
    },
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const settle = (answer: WorkerAnswer): void => {
      const picked = how.pick(answer);
      if (picked !== null) resolve(picked);
      else
        reject(
          new FaceReaderError(
            'failed',
            answer.kind === 'failed' ? answer.message : `answered ${answer.kind}`,
          ),
        );
    };
    // A copy, which then moves to the thread: the camera's other readers keep theirs.
    const pixels = this.#copy(frame.pixels);
    const { width, height } = frame;
    const job = {
      request: { id: this.#nextId++, ask: how.ask, width, height, pixels },
      settle,
      reject,
    };
    const abort = (): void => this.#abort(job, how.signal?.reason);
    how.signal?.addEventListener('abort', abort, { once: true });
    this.#waiting.push(job);
    this.#next();
    return promise.finally(() => how.signal?.removeEventListener('abort', abort));
  }

  #copy(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
    const memory = this.#spare?.length === pixels.length ? this.#spare : null;
    if (memory === null) return new Uint8Array(pixels);
    this.#spare = null;
    memory.set(pixels);
    return memory;
  }

  #abort(job: Job, reason: unknown): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    // A frame that is being read goes on in the thread; its answer finds nobody.
    job.reject(reason);
  }

  #next(): void {
    if (this.#running !== null || this.#closed !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    this.#timer = setTimeout(() => this.#sink.stuck(), this.#limits.readTimeoutMs);
    this.#sink.send(job.request);
  }
}
