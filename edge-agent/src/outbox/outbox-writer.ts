import { Worker } from 'node:worker_threads';
import type {
  Durability,
  MovedAside,
  OutboxAnswers,
  OutboxFileOptions,
  OutboxReply,
  OutboxRequest,
  OutboxWriterMessage,
  SourceStats,
} from '#outbox/outbox-messages.ts';
import { limits } from '#limits.ts';

type Kind = OutboxRequest['kind'];

interface Waiting {
  readonly request: OutboxRequest;
  /** Before the answer of any request of the batch is delivered, the stats are up to date. */
  readonly resolve: (reply: OutboxReply) => void;
  readonly reject: (fault: Error) => void;
}

export interface OutboxWriterOptions extends OutboxFileOptions {
  /** Another program for the writer's thread; tests watch the commit with it. */
  readonly threadFile?: URL;
}

export interface Opened {
  readonly movedAside: MovedAside | null;
  readonly durable: Durability;
  readonly sources: readonly SourceStats[];
}

/**
 * The queue before the writer's thread. A batch is not timed: what is queued goes as soon as the
 * thread is free, and the next batch fills during its fdatasync.
 */
export class OutboxWriter {
  readonly #worker: Worker;
  readonly #onChanged: (changed: readonly SourceStats[]) => void;
  readonly #onFailed: (fault: Error) => void;
  #queue: Waiting[] = [];
  #inFlight: readonly Waiting[] = [];
  #batchId = 0;
  #fault: Error | null = null;
  #onOpened: (result: Opened | Error) => void = () => {};
  #watchdog: NodeJS.Timeout | undefined;
  #isOpen = false;
  #isClosing = false;
  readonly #exited = Promise.withResolvers<void>();

  private constructor(
    worker: Worker,
    onChanged: (changed: readonly SourceStats[]) => void,
    onFailed: (fault: Error) => void,
  ) {
    this.#worker = worker;
    this.#onChanged = onChanged;
    this.#onFailed = onFailed;
    worker.on('message', (message: OutboxWriterMessage) => this.#hear(message));
    worker.on('error', (fault) =>
      this.#fail(new Error('The outbox thread failed.', { cause: fault })),
    );
    worker.on('exit', () => {
      this.#fail(new Error('The outbox is closed.'));
      this.#exited.resolve();
    });
  }

  /** Starts the thread and waits until the file is open. Throws a sentence naming file and remedy. */
  static async open(
    file: string,
    { threadFile, ...options }: OutboxWriterOptions,
    hooks: {
      onChanged: (changed: readonly SourceStats[]) => void;
      onFailed: (fault: Error) => void;
    },
  ): Promise<{ writer: OutboxWriter; opened: Opened }> {
    const worker = new Worker(threadFile ?? new URL('./outbox-thread.ts', import.meta.url), {
      workerData: { file, options },
      name: 'outbox',
    });
    const writer = new OutboxWriter(worker, hooks.onChanged, hooks.onFailed);
    const { promise, resolve } = Promise.withResolvers<Opened | Error>();
    writer.#onOpened = resolve;
    const timer = setTimeout(
      () =>
        resolve(new Error(`The outbox ${file} did not open in ${limits.outbox.openTimeoutMs} ms.`)),
      limits.outbox.openTimeoutMs,
    );
    const opened = await promise;
    clearTimeout(timer);
    if (!(opened instanceof Error)) return { writer, opened };
    await worker.terminate();
    throw opened;
  }

  get fault(): Error | null {
    return this.#fault;
  }

  /** Resolves after the request's transaction is on the disk. Rejects on a fault. */
  ask<K extends Kind>(request: Extract<OutboxRequest, { kind: K }>): Promise<OutboxAnswers[K]> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    if (this.#isClosing) return Promise.reject(new Error('The outbox is closing.'));
    if (this.#queue.length >= limits.outbox.queuedRequests) {
      return Promise.reject(
        new Error(`${this.#queue.length} requests wait for the outbox: the disk is too slow.`),
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<OutboxAnswers[K]>();
    this.#queue.push({
      request,
      reject,
      resolve: (reply) => {
        if ('fault' in reply) reject(new Error(reply.fault));
        // The thread answers each kind with its own type of answer.
        else resolve(reply.value as OutboxAnswers[K]);
      },
    });
    this.#sendBatch();
    return promise;
  }

  #sendBatch(): void {
    if (this.#inFlight.length > 0 || this.#fault !== null) return;
    if (this.#queue.length === 0) {
      if (this.#isClosing) this.#worker.postMessage('close');
      return;
    }
    this.#inFlight = this.#queue.splice(0, limits.outbox.requestsPerCommit);
    this.#batchId += 1;
    this.#worker.postMessage({
      batchId: this.#batchId,
      requests: this.#inFlight.map(({ request }) => request),
    });
    this.#watchdog = setTimeout(
      () => this.#fail(new Error('The outbox thread gave no answer: the disk hangs.')),
      limits.outbox.requestTimeoutMs,
    );
  }

  /** Answers what was asked, closes the file and ends the thread; at most `closeTimeoutMs`. */
  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#sendBatch();
    }
    const timer = setTimeout(() => this.#exited.resolve(), limits.outbox.closeTimeoutMs);
    await this.#exited.promise;
    clearTimeout(timer);
    await this.#worker.terminate();
  }

  #hear(message: OutboxWriterMessage): void {
    switch (message.kind) {
      case 'opened':
        this.#isOpen = true;
        return this.#onOpened(message);
      case 'failed':
        return this.#fail(new Error(message.message));
      case 'closed':
        return this.#fail(new Error('The outbox is closed.'));
      case 'done': {
        const answered = this.#inFlight;
        this.#inFlight = [];
        clearTimeout(this.#watchdog);
        this.#onChanged(message.changed);
        this.#sendBatch();
        answered.forEach((waiting, index) =>
          waiting.resolve(message.replies[index] ?? { fault: 'The outbox gave no answer.' }),
        );
      }
    }
  }

  #fail(fault: Error): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    clearTimeout(this.#watchdog);
    this.#onOpened(fault);
    for (const { reject } of [...this.#inFlight, ...this.#queue]) reject(fault);
    this.#inFlight = [];
    this.#queue = [];
    // A failed opening is thrown to its caller; the wish to close is no failure.
    if (this.#isOpen && !this.#isClosing) this.#onFailed(fault);
  }
}
