import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { patched } from '../recipe/patches.ts';

/** One C++ source of the worker, as it is to be compiled. */
export interface Source {
  /** Path below the package's `worker` folder. */
  readonly file: string;
  /** With its patches in. */
  readonly text: string;
  readonly isPatched: boolean;
}

/** What the package's meson.build files name. */
export interface WorkerSources {
  /** Sources of the worker, and of the libwebrtc it carries: the two share no unit. */
  readonly groups: readonly (readonly Source[])[];
  /** Flatbuffers schemas, as absolute paths. */
  readonly schemas: readonly string[];
}

/** Reads the worker's sources out of the npm package. Throws when a line to patch is not there. */
export async function readSources(workerDir: string): Promise<WorkerSources> {
  const listed = async (buildFile: string, name: string): Promise<readonly string[]> =>
    mesonList(await readFile(join(workerDir, buildFile), 'utf8'), { name, buildFile });
  const ours = [...(await listed('meson.build', 'common_sources')), 'src/main.cpp'];
  const libwebrtc = await listed('deps/libwebrtc/meson.build', 'libwebrtc_sources');
  const schemas = await listed('fbs/meson.build', 'flatbuffers_schemas');
  const paths = [ours, libwebrtc.map((file) => `deps/libwebrtc/${file}`)];
  return {
    groups: await Promise.all(paths.map((files) => readAll(workerDir, files))),
    schemas: schemas.map((file) => join(workerDir, 'fbs', file)),
  };
}

function readAll(workerDir: string, files: readonly string[]): Promise<readonly Source[]> {
  return Promise.all(
    files.map(async (file) => {
      const found = await readFile(join(workerDir, file), 'utf8');
      const text = patched({ file, text: found });
      return { file, text, isPatched: text !== found };
    }),
  );
}

/** Every string of the lists that are assigned or added to the name. Throws when there is none. */
export function mesonList(
  text: string,
  { name, buildFile }: { readonly name: string; readonly buildFile: string },
): readonly string[] {
  const lists = text.matchAll(new RegExp(`\\b${name}\\s*\\+?=\\s*\\[([^\\]]*)\\]`, 'g'));
  const found = [...lists].flatMap(([, list = '']) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, entry = '']) => entry),
  );
  if (found.length === 0) throw new Error(`${buildFile} of mediasoup names no ${name}.`);
  return found;
}
