import { expect, test } from 'vitest';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE } from '#paths.ts';
import { openWorkerReader } from '#reader/worker-reader.ts';

const frame = { width: 64, height: 64, pixels: new Uint8Array(64 * 64 * 3) };

/** A thread in place of the networks, to see what a broken one does to its callers. */
function openThread(body: string, signal?: AbortSignal) {
  const source = `import { parentPort } from 'node:worker_threads';\n${body}`;
  const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const start = { manifest: readManifest(MANIFEST_FILE), weightsDir: '/nowhere' };
  return openWorkerReader(file, {
    start,
    model: { id: 'test', length: 512, matchThreshold: 0.5, livenessThreshold: 0.5 },
    signal,
  });
}
const READY = `parentPort.postMessage({ kind: 'ready' });`;

test('a thread that dies in the middle of a frame ends that frame and all to come, and says to open a new reader', async () => {
  const dying = `parentPort.on('message', () => { throw new Error('out of luck') }); ${READY}`;
  await using reader = await openThread(dying);
  await expect(reader.read(frame)).rejects.toMatchObject({
    fault: 'crashed',
    message: expect.stringMatching(/out of luck.*open a new reader/),
  });
  await expect(reader.find(frame)).rejects.toMatchObject({ fault: 'crashed' });
});

test('a thread that exits while loading, or fails, is told as a fault at once', async () => {
  await expect(openThread('process.exit(3);')).rejects.toMatchObject({
    fault: 'crashed',
    message: expect.stringContaining('3'),
  });
  await expect(openThread('throw new Error("no memory");')).rejects.toThrow(/no memory/);
});

test('opening ends when its caller gives up', async () => {
  const stop = new AbortController();
  const opening = openThread(`parentPort.on('message', () => {});`, stop.signal);
  stop.abort(new Error('changed my mind'));
  await expect(opening).rejects.toThrow('changed my mind');
});

test('a closed reader says so, and may be closed twice', async () => {
  const reader = await openThread(`parentPort.on('message', () => {}); ${READY}`);
  const reading = expect(reader.read(frame)).rejects.toMatchObject({ fault: 'closed' });
  await reader[Symbol.asyncDispose]();
  await reader[Symbol.asyncDispose]();
  await reading;
  await expect(reader.read(frame)).rejects.toMatchObject({ fault: 'closed' });
});
