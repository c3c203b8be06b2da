import type { MessagePort } from 'node:worker_threads';
import { type BatchResult, OutboxFile } from '#outbox/outbox-file.ts';
import type {
  OutboxBatch,
  OutboxFileOptions,
  OutboxWriterMessage,
} from '#outbox/outbox-messages.ts';

export interface ServeOptions {
  readonly file: string;
  readonly options: OutboxFileOptions;
  /** Called after the commit and before the answer. */
  readonly onCommitted?: (result: BatchResult) => void;
}

/** Runs the file for the thread that asks: one batch in, one answer out, until told to close. */
export function serveOutbox(port: MessagePort, { file, options, onCommitted }: ServeOptions): void {
  const say = (message: OutboxWriterMessage): void => port.postMessage(message);
  const outbox = open();
  if (outbox === null) return;
  port.on('message', (request: OutboxBatch | 'close') => {
    if (request === 'close') {
      outbox.close();
      say({ kind: 'closed' });
      port.close();
    } else {
      answer(outbox, request);
    }
  });

  function open(): OutboxFile | null {
    try {
      const opened = new OutboxFile(file, options);
      const { movedAside, durable } = opened;
      say({ kind: 'opened', movedAside, durable, sources: opened.stats() });
      return opened;
    } catch (fault) {
      fail(fault);
      return null;
    }
  }

  function answer(opened: OutboxFile, { batchId, requests }: OutboxBatch): void {
    try {
      const result = opened.run(requests);
      onCommitted?.(result);
      say({ kind: 'done', batchId, ...result });
    } catch (fault) {
      opened.close();
      fail(fault);
    }
  }

  function fail(fault: unknown): void {
    say({ kind: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
    port.close();
  }
}
