import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planUnits } from './build/plan-units.ts';
import { mesonList, readSources, type Source } from './build/read-sources.ts';
import { mediasoupPackage } from './mediasoup-package.ts';
import { patched, PATCHES } from './recipe/patches.ts';
import { RECIPE_DIR, recipeKey } from './recipe-key.ts';
import { readWorkerPlaces } from './worker-config.ts';

const workerDir = join(mediasoupPackage().dir, 'worker');

test('the installed source has the line on which kernel TLS would end the worker, and it is patched', async () => {
  const { groups } = await readSources(workerDir);
  const changed = groups.flat().filter(({ isPatched }) => isPatched);
  expect(changed.map(({ file }) => file)).toEqual(['src/RTC/DtlsTransport.cpp']);
  expect(changed[0]?.text).toContain('((operationType & BIO_CB_RETURN) != 0) ? static_cast<long>');
});

test('a source without the line to patch stops the build with the reason', () => {
  const [patch] = PATCHES;
  const file = patch?.file ?? '';
  expect(() => patched({ file, text: 'int mended;' })).toThrow(
    /DtlsTransport\.cpp: .*exactly once.*kernel TLS.*Look whether this version/,
  );
  const twice = `${patch?.from} ${patch?.from}`;
  expect(() => patched({ file, text: twice })).toThrow(/exactly once/);
  expect(patched({ file: 'src/main.cpp', text: 'int main;' })).toBe('int main;');
});

test('a build file that names no sources stops the build', () => {
  const lists = "a = [\n 'x.cpp',\n]\nif y\n a += ['z.cpp']\nendif";
  expect(mesonList(lists, { name: 'a', buildFile: 'meson.build' })).toEqual(['x.cpp', 'z.cpp']);
  expect(() => mesonList(lists, { name: 'b', buildFile: 'meson.build' })).toThrow(
    'meson.build of mediasoup names no b.',
  );
});

test('every source is in one unit, and none with another of its names', () => {
  const source = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    bytes: fc.integer({ min: 0, max: 400 }),
    isTemplate: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.array(source, { maxLength: 20 }), { maxLength: 3 }), (groups) => {
      const sources = groups.map((group, g) =>
        group.map(({ name, bytes, isTemplate }, n): Source => {
          const text = `${isTemplate ? 'template<>\n' : ''}static int ${name};\n${'x'.repeat(bytes)}`;
          return { file: `${g}-${n}-${name}.cpp`, text, isPatched: false };
        }),
      );
      const units = planUnits(sources, 500);
      const files = units.flatMap((unit) => unit.files.map(({ file }) => file));
      expect(files.toSorted()).toEqual(
        sources
          .flat()
          .map(({ file }) => file)
          .toSorted(),
      );
      for (const { files: together } of units) {
        const names = together.map(({ file }) => file.split('-')[2]);
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(together.map(({ file }) => file.split('-')[0])).size).toBe(1);
      }
      expect(units.map(({ bytes }) => bytes)).toEqual(
        units.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
      );
    }),
    { seed: 20261127 },
  );
});

test('another recipe or version has another place in the cache', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-recipe-test-'));
  await cp(RECIPE_DIR, dir, { recursive: true });
  const mediasoup = mediasoupPackage();
  expect(recipeKey(mediasoup, dir)).toBe(recipeKey(mediasoup));
  await writeFile(join(dir, 'shims/srtp.h'), '#pragma once\n');
  expect(recipeKey(mediasoup, dir)).not.toBe(recipeKey(mediasoup));
  expect(recipeKey({ version: '3.99.0' })).toMatch(/^3\.99\.0-linux-/);
  await rm(dir, { recursive: true });
});

test('the cache lies where XDG says, else in the home folder; relative paths are ignored', () => {
  expect(readWorkerPlaces({ XDG_CACHE_HOME: '/srv/c' }).cacheDir).toBe(
    '/srv/c/sightline/media-worker',
  );
  const home = join(homedir(), '.cache/sightline/media-worker');
  expect(readWorkerPlaces({ XDG_CACHE_HOME: 'here' }).cacheDir).toBe(home);
  expect(readWorkerPlaces({ MEDIASOUP_WORKER_BIN: '' })).toMatchObject({
    given: null,
    cacheDir: home,
  });
});
