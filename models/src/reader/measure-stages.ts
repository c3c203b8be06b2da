import type { RgbFrame } from '#domain/face.ts';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';
import { openFacePipeline, type RunStage } from '#reader/face-pipeline.ts';

/** Rounds before the clock counts: the compiler needs to see the loops a few times. */
const WARM_UP_ROUNDS = 10;

/** Median milliseconds of each stage, preprocessing included, for one frame read `rounds` times in this thread. */
export async function measureStages(
  frame: RgbFrame,
  { rounds, weightsDir = WEIGHTS_DIR }: { rounds: number; weightsDir?: string },
): Promise<Record<string, number>> {
  const taken = new Map<string, number[]>();
  const runStage: RunStage = async (stage, work) => {
    const start = performance.now();
    const result = await work();
    taken.getOrInsert(stage, []).push(performance.now() - start);
    return result;
  };
  const pipeline = await openFacePipeline(
    { manifest: readManifest(MANIFEST_FILE), weightsDir },
    runStage,
  );
  try {
    for (let i = 0; i < WARM_UP_ROUNDS; i++) await pipeline.read(frame);
    taken.clear();
    for (let i = 0; i < rounds; i++) await pipeline.read(frame);
  } finally {
    await pipeline.close();
  }
  return Object.fromEntries([...taken].map(([stage, times]) => [stage, median(times)]));
}

/** Median milliseconds of a piece of work, after a warm-up. */
export async function medianMs(rounds: number, work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM_UP_ROUNDS; i++) await work();
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
