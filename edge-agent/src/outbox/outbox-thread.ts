import { parentPort, workerData } from 'node:worker_threads';
import type { OutboxFileOptions } from '#outbox/outbox-messages.ts';
import { serveOutbox } from '#outbox/serve-outbox.ts';

// The writer's thread: fdatasync blocks it and nobody else.
if (parentPort === null) throw new Error('outbox-thread.ts runs as a worker thread only.');
// Our own Outbox starts this thread with exactly this.
const { file, options } = workerData as { file: string; options: OutboxFileOptions };
serveOutbox(parentPort, { file, options });
