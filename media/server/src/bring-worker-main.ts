import { isRefusal } from '@sightline/contracts';
import { bringWorker, type BringProgress } from '#worker-binary/bring-worker.ts';

const words: Readonly<Record<BringProgress['what'], string>> = {
  wait: 'another process is bringing it; waiting',
  fetch: 'asking for the prebuilt one',
  build: 'building it from source',
};

function onProgress({ what, done, of, seconds }: BringProgress): void {
  const count = what === 'build' ? `, ${done} of ${of}` : '';
  process.stdout.write(`media worker: ${words[what]}${count}, ${seconds} s\n`);
}

const from = {
  given: 'named by MEDIASOUP_WORKER_BIN',
  cache: 'from the cache',
  prebuilt: 'fetched',
  build: 'built from source',
} as const;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
}
try {
  const brought = await bringWorker({ onProgress, signal: stop.signal });
  if (isRefusal(brought)) {
    process.stderr.write(`${brought.detail}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(
      `media worker: ${brought.path} (${from[brought.from]}, ${brought.seconds} s)\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
