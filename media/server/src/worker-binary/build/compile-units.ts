import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { limits } from '#limits.ts';
import { FLAGS } from '../recipe/flags.ts';
import { RECIPE_DIR } from '../recipe-key.ts';
import type { Unit } from './plan-units.ts';
import type { Source } from './read-sources.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

export interface CompileOptions extends ToolOptions {
  /** The package's `worker` folder. */
  readonly workerDir: string;
  /** Units that are compiled, of all. */
  readonly onUnit: (done: number, of: number) => void;
}

/** Compiles all units in `cwd`, a compiler a core, and gives the object files. Throws the compiler's words. */
export async function compileUnits(
  units: readonly Unit[],
  options: CompileOptions,
): Promise<readonly string[]> {
  const objects = units.map((_, index) => `unit-${index}.o`);
  const waiting = [...units.entries()];
  let done = 0;
  // A first failure ends the other compilers too.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await compileUnit(next, { ...options, signal });
      done += 1;
      options.onUnit(done, units.length);
    }
  };
  const compilers = Math.min(limits.worker.compilers, availableParallelism());
  const all = Array.from({ length: compilers }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const ends = await Promise.allSettled(all);
  const end = ends.find((one) => one.status === 'rejected');
  if (end !== undefined) throw failed.signal.reason;
  return objects;
}

async function compileUnit(
  [index, unit]: readonly [number, Unit],
  options: CompileOptions,
): Promise<void> {
  const files = await Promise.all(unit.files.map((source) => placeSource(source, options)));
  const whole = join(options.cwd, `unit-${index}.cpp`);
  // Each source defines MS_CLASS, the name its log lines carry.
  await writeFile(whole, files.map((file) => `#undef MS_CLASS\n#include "${file}"\n`).join(''));
  const object = `unit-${index}.o`;
  const { code } = await compile(whole, object, options);
  if (code === 0) return;
  const parts = files.map((file, part) => ({ file, object: `unit-${index}-${part}.o` }));
  for (const { file, object: partial } of parts) {
    const end = await compile(file, partial, options);
    if (end.code !== 0) throw new Error(`g++ could not compile ${file}: ${firstErrors(end.words)}`);
  }
  const joined = await runTool(
    ['ld', '-r', '-o', object, ...parts.map((part) => part.object)],
    options,
  );
  if (joined.code !== 0) throw new Error(`ld could not join ${object}: ${joined.words}`);
}

function compile(file: string, object: string, options: CompileOptions) {
  const { workerDir, cwd } = options;
  const folders = [
    join(RECIPE_DIR, 'shims'),
    join(workerDir, 'include'),
    join(cwd, 'fbs'),
    join(workerDir, 'deps/libwebrtc'),
    join(workerDir, 'deps/libwebrtc/libwebrtc'),
  ];
  const words = ['g++', ...FLAGS.compile, ...FLAGS.defines, ...folders.map((dir) => `-I${dir}`)];
  return runTool([...words, '-c', file, '-o', object], options);
}

/** A patched source gets a file of its own; the package's folder is never written to. */
async function placeSource(
  source: Source,
  { workerDir, cwd }: { readonly workerDir: string; readonly cwd: string },
): Promise<string> {
  if (!source.isPatched) return join(workerDir, source.file);
  const file = join(cwd, 'patched', source.file);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, source.text);
  return file;
}

const firstErrors = (words: string): string =>
  words
    .split('\n')
    .filter((line) => line.includes('error'))
    .slice(0, 3)
    .join(' · ') || words.slice(0, 500);
