import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FLAGS } from '../recipe/flags.ts';
import type { MediasoupPackage } from '../mediasoup-package.ts';
import { provesWorker } from '../proves-worker.ts';
import { compileUnits } from './compile-units.ts';
import { planUnits } from './plan-units.ts';
import { readSources } from './read-sources.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/** Steps of a build that are done, of all: the headers, each unit, the link. */
export type OnBuildStep = (done: number, of: number) => void;

/**
 * Builds the worker in the empty folder `cwd` from the C++ source inside the npm package and gives the
 * binary's path there. Neither network nor Python, meson or make is needed.
 * @throws Error with the tool's words when one fails or the binary does not run.
 */
export async function buildWorker(
  mediasoup: MediasoupPackage,
  options: ToolOptions & { readonly onStep: OnBuildStep },
): Promise<string> {
  const workerDir = join(mediasoup.dir, 'worker');
  const { cwd, onStep } = options;
  const { groups, schemas } = await readSources(workerDir);
  const units = planUnits(groups);
  const steps = units.length + 2;
  onStep(0, steps);
  await makeHeaders(schemas, options);
  onStep(1, steps);
  const onUnit = (done: number): void => onStep(1 + done, steps);
  const objects = await compileUnits(units, { ...options, workerDir, onUnit });
  const link = ['g++', ...FLAGS.link, '-o', 'mediasoup-worker', ...objects, ...FLAGS.libraries];
  const linked = await runTool(link, options);
  if (linked.code !== 0) throw new Error(`The worker could not be linked: ${linked.words}`);
  const binary = join(cwd, 'mediasoup-worker');
  if (!(await provesWorker(binary))) {
    throw new Error(`The worker built from mediasoup ${mediasoup.version} does not run here.`);
  }
  onStep(steps, steps);
  return binary;
}

async function makeHeaders(schemas: readonly string[], options: ToolOptions): Promise<void> {
  const folder = join(options.cwd, 'fbs', 'FBS');
  await mkdir(folder, { recursive: true });
  const { code, words } = await runTool(
    ['flatc', ...FLAGS.flatc, '-o', folder, ...schemas],
    options,
  );
  if (code !== 0) throw new Error(`flatc could not read the worker's schemas: ${words}`);
}
