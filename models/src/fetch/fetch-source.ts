import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setInterval as everyMs } from 'node:timers/promises';
import { hashFile } from '#fetch/hash-file.ts';
import { runTool } from '#fetch/run-tool.ts';
import { LIMITS } from '#limits.ts';
import type { Source } from '#manifest.ts';

// npm alone would wait half a minute before it says that there is no network.
const RETRIES = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

/**
 * Takes a package from the npm registry with npm's own client, checks its integrity and unpacks the files named.
 * Nothing of the package is installed or run.
 * @returns the folder in `workDir` under which the paths lie.
 */
export async function fetchSource(
  source: Source,
  {
    paths,
    workDir,
    onBytes,
    signal,
  }: {
    paths: readonly string[];
    workDir: string;
    /** Bytes of the package that have arrived so far, as measured on disk. */
    onBytes: (bytes: number) => void;
    signal?: AbortSignal;
  },
): Promise<string> {
  const tarball = await pack(source, { workDir, onBytes, signal });
  const integrity = `sha512-${await hashFile(tarball, { algorithm: 'sha512', encoding: 'base64', signal })}`;
  if (integrity !== source.integrity) {
    throw new Error(
      `${source.package} arrived with integrity ${integrity}, but ${source.integrity} is pinned`,
    );
  }
  onBytes(source.bytes);
  const args = ['-xzf', tarball, '--no-same-owner', '-C', workDir, ...paths];
  await runTool('tar', args, { cwd: workDir, timeoutMs: LIMITS.unpackTimeoutMs, signal });
  return workDir;
}

async function pack(
  source: Source,
  {
    workDir,
    onBytes,
    signal,
  }: { workDir: string; onBytes: (bytes: number) => void; signal?: AbortSignal },
): Promise<string> {
  const watch = new AbortController();
  const both = AbortSignal.any(signal === undefined ? [watch.signal] : [watch.signal, signal]);
  // npm's cache of this one call lies in the work folder, so that what has arrived can be counted there.
  const args = [
    'pack',
    source.package,
    '--ignore-scripts',
    '--cache',
    join(workDir, 'npm'),
    ...RETRIES,
  ];
  const running = runTool('npm', args, {
    cwd: workDir,
    timeoutMs: LIMITS.packTimeoutMs,
    signal: both,
  });
  const counting = countArrivals(workDir, { total: source.bytes, onBytes, watch });
  try {
    const stdout = await running;
    return join(workDir, stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    watch.abort();
    await counting;
  }
}

/** Reports the bytes on disk, and ends the whole when nothing has arrived for too long. */
async function countArrivals(
  workDir: string,
  {
    total,
    onBytes,
    watch,
  }: { total: number; onBytes: (bytes: number) => void; watch: AbortController },
): Promise<void> {
  let seen = 0;
  let silentMs = 0;
  try {
    for await (const _ of everyMs(LIMITS.packPollMs, null, { signal: watch.signal })) {
      const bytes = Math.min(total, await bytesIn(workDir));
      silentMs = bytes > seen ? 0 : silentMs + LIMITS.packPollMs;
      seen = Math.max(seen, bytes);
      onBytes(seen);
      if (silentMs >= LIMITS.packSilenceMs && seen < total) {
        watch.abort(new Error(`the registry sent nothing for ${LIMITS.packSilenceMs / 1000} s`));
      }
    }
  } catch (error) {
    if (!watch.signal.aborted) throw error;
  }
}

async function bytesIn(dir: string): Promise<number> {
  let bytes = 0;
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // npm moves its temporary files while we look: what is gone counts nothing.
    bytes += await stat(join(entry.parentPath, entry.name)).then(
      (found) => found.size,
      () => 0,
    );
  }
  return bytes;
}
