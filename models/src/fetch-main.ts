import { fetchFootage } from '#fetch/fetch-footage.ts';
import type { Fetched, FetchProgress } from '#fetch/fetch-files.ts';
import { fetchWeights } from '#fetch/fetch-weights.ts';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function onProgress({ name, doneBytes, totalBytes }: FetchProgress): void {
  process.stdout.write(`${name} ${megabytes(doneBytes)} of ${megabytes(totalBytes)}\n`);
}

function report(what: string, { dir, files, bytes, fromCache, fromRegistry }: Fetched): void {
  process.stdout.write(
    `${what}: ${files} files, ${megabytes(bytes)} in ${dir} (${fromRegistry} from the registry, ${fromCache} from the cache)\n`,
  );
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('stopped by Ctrl-C')));
try {
  report('weights', await fetchWeights({ onProgress, signal: stop.signal }));
  if (process.argv.includes('--footage')) {
    report('footage', await fetchFootage({ onProgress, signal: stop.signal }));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
