import type { Face, RgbFrame } from '#domain/face.ts';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';
import { openFacePipeline, type PipelineClocks } from '#reader/face-pipeline.ts';

/** Where the milliseconds of one frame went. */
export interface TimedRead {
  readonly faces: readonly Face[];
  readonly totalMs: number;
  /** Each stage, preprocessing included. */
  readonly stageMs: Readonly<Record<string, number>>;
  /** Each network alone, over all faces of the frame. */
  readonly networkMs: Readonly<Record<string, number>>;
}

/** The networks in this thread, with a clock on each. */
export interface TimedPipeline extends AsyncDisposable {
  read(frame: RgbFrame): Promise<TimedRead>;
}

/** For benches: opens the project's own networks with clocks; throws as `loadNetwork`. */
export async function openTimedPipeline({
  weightsDir = WEIGHTS_DIR,
}: { weightsDir?: string } = {}): Promise<TimedPipeline> {
  const [stages, networks] = [new Map<string, number>(), new Map<string, number>()];
  const manifest = readManifest(MANIFEST_FILE);
  const pipeline = await openFacePipeline({ manifest, weightsDir }, {
    runStage: (stage, work) => timed(stages, stage, work),
    clockNetwork: (kind, network) => ({
      ...network,
      run: (planes) => timed(networks, kind, () => network.run(planes)),
    }),
  } satisfies PipelineClocks);
  return {
    async read(frame) {
      stages.clear();
      networks.clear();
      const start = performance.now();
      const faces = await pipeline.read(frame);
      const totalMs = performance.now() - start;
      const [stageMs, networkMs] = [Object.fromEntries(stages), Object.fromEntries(networks)];
      return { faces, totalMs, stageMs, networkMs };
    },
    [Symbol.asyncDispose]: () => pipeline.close(),
  };
}

async function timed<T>(
  taken: Map<string, number>,
  name: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  taken.set(name, (taken.get(name) ?? 0) + performance.now() - start);
  return result;
}
