import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchFiles, type Fetched, type FetchProgress } from '#fetch/fetch-files.ts';
import { fetchWeights } from '#fetch/fetch-weights.ts';
import { openTinyRegistry, type TinyRegistry } from '#fetch/tiny-registry.ts';
import { ensureWeights } from '#testing.ts';

const FILES = { 'package/model/eye.onnx': 'an eye', 'package/model/ear.onnx': 'an ear' };

let root: string;
let registry: TinyRegistry;
let dir: string;
let cacheDir: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sightline-fetch-test-'));
  registry = await openTinyRegistry(join(root, 'registry'), FILES);
  vi.stubEnv('npm_config_registry', registry.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await registry[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

beforeEach(async () => {
  registry.behave('honest');
  const fresh = await mkdtemp(join(root, 'case-'));
  dir = join(fresh, 'weights');
  cacheDir = join(fresh, 'cache');
});

const fetchTiny = (
  options: { onProgress?: (p: FetchProgress) => void; signal?: AbortSignal } = {},
): Promise<Fetched> => fetchFiles(registry.set, { dir, cacheDir, ...options });

const fillCache = async (): Promise<void> => {
  await mkdir(cacheDir, { recursive: true });
  for (const { sha256, from } of registry.set.files) {
    await writeFile(join(cacheDir, sha256), FILES[from?.path as keyof typeof FILES]);
  }
};

describe('from the registry', () => {
  test('files arrive verified, the bytes are reported, and a second clone needs no network', async () => {
    const progress: FetchProgress[] = [];
    const first = await fetchTiny({ onProgress: (each) => progress.push(each) });
    expect(first).toMatchObject({ files: 2, fromRegistry: 2, fromCache: 0 });
    expect(await readFile(join(dir, 'eye.onnx'), 'utf8')).toBe('an eye');
    const total = registry.set.sources['tiny']?.bytes;
    expect(progress.at(-1)).toEqual({ name: 'tiny@1.0.0', doneBytes: total, totalBytes: total });

    const before = registry.tarballRequests();
    const second = await fetchFiles(registry.set, { dir: join(dir, 'second'), cacheDir });
    expect(second).toMatchObject({ fromRegistry: 0, fromCache: 2 });
    expect(registry.tarballRequests()).toBe(before);
  });

  test('a package that is not the pinned one is refused, both hashes named, and nothing of it is kept', async () => {
    const { sources, ...rest } = registry.set;
    const integrity = `sha512-${'A'.repeat(86)}==`;
    const other = { ...rest, sources: { tiny: { ...sources['tiny'], integrity } } };
    // The set's source exists: it was spread from one.
    const failing = fetchFiles(other as typeof registry.set, { dir, cacheDir });
    await expect(failing).rejects.toThrow(/tiny@1\.0\.0.*integrity sha512-.*AAAA== is pinned/);
    expect(await readdir(dir)).toEqual([]);
  });

  test('a file inside the package that is not the pinned one is refused', async () => {
    const [eye, ...rest] = registry.set.files;
    const other = { ...registry.set, files: [{ ...eye, sha256: '0'.repeat(64) }, ...rest] };
    const failing = fetchFiles(other as typeof registry.set, { dir, cacheDir });
    await expect(failing).rejects.toThrow(/eye\.onnx must have 0000/);
    expect((await readdir(dir)).filter((name) => name.includes('eye'))).toEqual([]);
  });

  test('without it the message names the files, the reason and both remedies', async () => {
    registry.behave('gone');
    await expect(fetchTiny()).rejects.toThrow(
      /eye\.onnx, ear\.onnx could not be fetched from tiny@1\.0\.0: .*404.*run `fetch the tiny files`.*\.cache\/sightline\/models/,
    );
  });

  test('one that stops in the middle can be stopped by the caller', async () => {
    registry.behave('silent');
    const stop = new AbortController();
    const before = registry.tarballRequests();
    const running = fetchTiny({ signal: stop.signal });
    const ended = expect(running).rejects.toThrow('enough');
    await vi.waitUntil(() => registry.tarballRequests() > before, { timeout: 20_000 });
    stop.abort(new Error('enough'));
    await ended;
  });
});

describe('what stands already', () => {
  beforeEach(async () => {
    await fillCache();
    await fetchTiny();
  });

  test('is left alone', async () => {
    expect(await fetchTiny()).toMatchObject({ fromCache: 0, fromRegistry: 0 });
  });

  test('is mended when a byte of it was changed, even with the length kept', async () => {
    await writeFile(join(dir, 'eye.onnx'), 'an EYE');
    expect(await fetchTiny()).toMatchObject({ fromCache: 1, fromRegistry: 0 });
    expect(await readFile(join(dir, 'eye.onnx'), 'utf8')).toBe('an eye');
  });

  test('a broken stamp costs a hashing, not the files', async () => {
    await writeFile(join(dir, '.verified.json'), '{"eye.onnx": ');
    expect(await fetchTiny()).toMatchObject({ fromCache: 0, fromRegistry: 0 });
  });

  test('leaves no half-written file behind', async () => {
    expect((await readdir(dir)).toSorted()).toEqual(['.verified.json', 'ear.onnx', 'eye.onnx']);
  });
});

test('a rotten copy in the cache is thrown away and fetched anew', async () => {
  await fillCache();
  const [eye] = registry.set.files;
  await writeFile(join(cacheDir, eye?.sha256 ?? ''), 'an EYE');
  expect(await fetchTiny()).toMatchObject({ fromCache: 1, fromRegistry: 1 });
  expect(await readFile(join(cacheDir, eye?.sha256 ?? ''), 'utf8')).toBe('an eye');
});

test('a file that an operator must bring is asked for by name and hash', async () => {
  const own = {
    ...registry.set,
    files: [{ file: 'own.onnx', bytes: 5, sha256: 'a'.repeat(64), from: null }],
  };
  await expect(fetchFiles(own, { dir, cacheDir })).rejects.toThrow(
    /own\.onnx \(sha256 aaaa.*Put them into .*weights/,
  );
});

test('with all networks in place a check takes a few milliseconds', async () => {
  await ensureWeights();
  const takenMs: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    expect(await fetchWeights()).toMatchObject({ files: 6, fromCache: 0, fromRegistry: 0 });
    takenMs.push(performance.now() - start);
  }
  // The best of five: hashing 15 MB would show in each of them, a busy machine only in some.
  expect(Math.min(...takenMs)).toBeLessThan(50);
});
