import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { OutboxFileOptions } from '#outbox/outbox-messages.ts';
import { serveOutbox } from '#outbox/serve-outbox.ts';

// The outbox's thread with a gate: after the commit named by GATE_AT_COMMIT it stands still for ever,
// before anybody is told. A test kills the process there.
if (parentPort === null) throw new Error('This runs as a worker thread only.');
const { file, options } = workerData as { file: string; options: OutboxFileOptions };
const gateAt = Number(process.env['GATE_AT_COMMIT']);
let commits = 0;

serveOutbox(parentPort, {
  file,
  options,
  onCommitted({ changed }) {
    commits += 1;
    const seq = changed.at(-1)?.stats.seq ?? 0;
    writeSync(1, `committed ${seq}\n`);
    if (commits !== gateAt) return;
    writeSync(1, 'gated\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
