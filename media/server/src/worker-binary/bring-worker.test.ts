import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRefusal } from '@sightline/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeFakeTools, WORKER_SCRIPT, type FakeTools } from '#testing/fake-tools.ts';
import { openTinyReleases, type TinyReleases } from '#testing/tiny-releases.ts';
import { bringWorker, type BringProgress } from './bring-worker.ts';
import { fetchPrebuilt } from './fetch-prebuilt.ts';
import { BRING_COMMAND, cachedWorker, findWorker } from './find-worker.ts';
import { mediasoupPackage } from './mediasoup-package.ts';
import { readWorkerPlaces, type WorkerPlaces } from './worker-config.ts';

let root: string;
let tools: FakeTools;
let releases: TinyReleases;
let places: WorkerPlaces;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sightline-worker-test-'));
  releases = await openTinyReleases(join(root, 'releases'));
});

afterAll(async () => {
  await releases[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

beforeEach(async () => {
  const fresh = await mkdtemp(join(root, 'case-'));
  tools = await makeFakeTools(join(fresh, 'tools'));
  releases.offer('none');
  places = readWorkerPlaces({
    PATH: tools.path,
    XDG_CACHE_HOME: join(fresh, 'cache'),
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: releases.url,
  });
});

const put = async (path: string, text: string): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
};
const given = (path: string): WorkerPlaces => ({ ...places, given: path });
/** What lies in the cache beside the lock. */
const cached = async (): Promise<readonly string[]> =>
  (await readdir(places.cacheDir).catch(() => [])).filter((name) => name !== 'build.lock');
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe('a worker is looked for', () => {
  test('first where the operator says', async () => {
    await put(cachedWorker(places), WORKER_SCRIPT);
    const own = await put(join(root, 'own-worker'), WORKER_SCRIPT);
    expect(await findWorker(given(own))).toEqual({ path: own, from: 'given' });
  });

  test('and nowhere else when that one does not run: the message names it', async () => {
    await put(cachedWorker(places), WORKER_SCRIPT);
    const broken = await put(join(root, 'broken-worker'), '#!/bin/sh\nexit 0\n');
    const expected = {
      code: 'media-worker-broken',
      detail: expect.stringContaining(`MEDIASOUP_WORKER_BIN is ${broken}`),
    };
    expect(await findWorker(given(broken))).toMatchObject(expected);
    expect(await bringWorker({ places: given(broken) })).toMatchObject(expected);
    expect(await findWorker(given(join(root, 'nothing')))).toMatchObject({ refused: true });
    expect(tools.compilations()).toBe(0);
  });

  test('then in the cache', async () => {
    const path = await put(cachedWorker(places), WORKER_SCRIPT);
    expect(await findWorker(places)).toEqual({ path, from: 'cache' });
  });

  test('without one the message says how it is had', async () => {
    expect(await findWorker(places)).toMatchObject({
      code: 'no-media-worker',
      detail: expect.stringContaining(BRING_COMMAND),
    });
  });

  test.each([
    ['half written', '#!/bin/sh\nkill -9 $$\n'],
    ['of another processor', '\u007fELF\u0002\u0001\u0001'],
    ['that ends well, as no bare worker does', '#!/bin/sh\nexit 0\n'],
  ])('a cached file %s is not used, and made anew', async (_, text) => {
    await put(cachedWorker(places), text);
    expect(await findWorker(places)).toMatchObject({ code: 'no-media-worker' });
    expect(await bringWorker({ places })).toMatchObject({ from: 'build' });
    expect(await readFile(cachedWorker(places), 'utf8')).toBe(WORKER_SCRIPT);
  });
});

describe('where there is none', () => {
  test('the package’s own prebuilt one is fetched before anything is compiled', async () => {
    releases.offer({ script: WORKER_SCRIPT });
    const before = releases.requests();
    const path = cachedWorker(places);
    expect(await bringWorker({ places })).toMatchObject({ path, from: 'prebuilt' });
    expect(releases.requests()).toBe(before + 1);
    expect(tools.compilations()).toBe(0);
    expect(await bringWorker({ places })).toMatchObject({ path, from: 'cache' });
    expect(releases.requests()).toBe(before + 1);
  });

  test('a prebuilt one that does not run here is not kept: it is built', async () => {
    releases.offer({ script: '#!/bin/sh\nexit 127\n' });
    expect(await bringWorker({ places })).toMatchObject({ from: 'build' });
  });

  test('it is built, step by step, and stands in the cache alone', async () => {
    const progress: BringProgress[] = [];
    const path = cachedWorker(places);
    const brought = await bringWorker({ places, onProgress: (each) => progress.push(each) });
    expect(brought).toMatchObject({ path, from: 'build' });
    expect(progress[0]).toMatchObject({ what: 'fetch' });
    const steps = progress.filter(({ what }) => what === 'build');
    const of = tools.compilations() + 1; // Each unit and the link, and the headers before them.
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: of + 1 }, (_, n) => n));
    expect(new Set(steps.map((step) => step.of))).toEqual(new Set([of]));
    expect(await cached()).toEqual([path.split('/').at(-2)]);
  });

  test('a releases page that stays silent costs the time allowed, no more', async () => {
    releases.offer('silent');
    const dir = join(root, 'silent');
    const signal = new AbortController().signal;
    const { env } = places;
    const fetched = fetchPrebuilt(mediasoupPackage(), { dir, env, signal, timeoutMs: 1_500 });
    expect(await fetched).toBeNull();
  });

  test('missing tools are named with the command that installs them', async () => {
    await tools.setMood('headerless');
    expect(await bringWorker({ places })).toMatchObject({
      code: 'media-worker-tools',
      detail: expect.stringMatching(/packages libuv1-dev\. .*node scripts\/machine\.mjs media/),
    });
    const bare = await mkdtemp(join(root, 'no-tools-'));
    const without = { ...places, env: { ...places.env, PATH: `${bare}:/bin/none` } };
    await put(join(bare, 'nice'), '#!/bin/sh\nexit 127\n');
    expect(await bringWorker({ places: without })).toMatchObject({
      detail: expect.stringMatching(/g\+\+, libuv1-dev, .*flatbuffers-compiler/),
    });
    expect(await cached()).toEqual([]);
  });

  test('a source that does not compile is named with the compiler’s words', async () => {
    await tools.setMood('failing');
    await expect(bringWorker({ places })).rejects.toThrow(
      /g\+\+ could not compile .*: .*nothing works today/,
    );
    expect(await cached()).toEqual([]);
  });
});

describe('a build in progress', () => {
  test('that is stopped ends its compilers and leaves nothing', async () => {
    await tools.setMood('hanging');
    const stop = new AbortController();
    const ended = expect(bringWorker({ places, signal: stop.signal })).rejects.toThrow('enough');
    await vi.waitUntil(() => tools.hanging().length > 0, { timeout: 30_000 });
    stop.abort(new Error('enough'));
    await ended;
    await vi.waitUntil(() => !tools.hanging().some(isAlive), { timeout: 10_000 });
    expect(await cached()).toEqual([]);
  });

  test('that is killed leaves no worker, and the next one goes on', async () => {
    await tools.setMood('hanging');
    const main = join(import.meta.dirname, '../bring-worker-main.ts');
    const env = {
      ...places.env,
      XDG_CACHE_HOME: dirname(dirname(places.cacheDir)),
      MEDIASOUP_WORKER_BIN: '',
    };
    const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
    const exited = once(child, 'exit');
    await vi.waitUntil(() => tools.hanging().length > 0, { timeout: 30_000 });
    child.kill('SIGKILL');
    await exited;
    const orphans = tools.hanging();
    expect(await findWorker(places)).toMatchObject({ code: 'no-media-worker' });
    expect(await cached()).toEqual([expect.stringMatching(/^at-work-/)]);
    await tools.setMood('good');
    expect(await bringWorker({ places })).toMatchObject({ from: 'build' });
    expect(await cached()).toEqual([cachedWorker(places).split('/').at(-2)]);
    for (const pid of orphans) process.kill(-pid, 'SIGKILL'); // Each leads a group of its own.
  });

  test('is waited for by others, who then use its worker', async () => {
    await tools.setMood('hanging');
    const stop = new AbortController();
    const first = bringWorker({ places, signal: stop.signal });
    const firstEnded = expect(first).rejects.toThrow('enough');
    await vi.waitUntil(() => tools.hanging().length > 0, { timeout: 30_000 });
    const seen: string[] = [];
    const second = bringWorker({ places, onProgress: ({ what }) => seen.push(what) });
    const third = bringWorker({ places });
    await vi.waitUntil(() => seen.includes('wait'), { timeout: 10_000 });
    await tools.setMood('good');
    stop.abort(new Error('enough'));
    await firstEnded;
    const both = await Promise.all([second, third]);
    expect(both.map((one) => (isRefusal(one) ? one.code : one.from)).toSorted()).toEqual([
      'build',
      'cache',
    ]);
  });
});
