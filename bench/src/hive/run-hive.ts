import { describeMachine } from '#measure/machine.ts';
import { median, quantile, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { runOnce, type HiveRun } from './hive-run.ts';

const full = { changesPerS: 500, runMs: 10_000 } as const;
/** The prefecture, and a province's worth. */
const sizes = [1_693, 10_000] as const;

/** The hive with 500 changes a second, at both sizes in turn, so that other load falls on both. */
export async function runHive(options: BenchOptions): Promise<Record<string, unknown>> {
  const { changesPerS } = full;
  const runMs = partOf(full.runMs, options.share);
  const runs = new Map<number, HiveRun[]>(sizes.map((cells) => [cells, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [cells, done] of runs) done.push(await runOnce({ cells, changesPerS, runMs }));
  }
  const [small, large] = sizes.map((cells) => summary(runs.get(cells) ?? []));
  return {
    fps1693: small?.fps,
    fps10000: large?.fps,
    at1693: small,
    at10000: large,
    counts: { changesPerS, runMs, rounds: options.rounds },
    machine: describeMachine(),
  };
}

/** Medians over the rounds. */
function summary(runs: readonly HiveRun[]) {
  const over = (figure: (run: HiveRun) => number) => rounded(median(runs.map(figure)), 1);
  return {
    fps: over(({ framesPerS }) => framesPerS),
    gapP99Ms: over(({ gapsMs }) => quantile(gapsMs, 0.99)),
    paintedP50Ms: over(({ paintedMs }) => median(paintedMs)),
    paintedP99Ms: over(({ paintedMs }) => quantile(paintedMs, 0.99)),
    changes: over(({ changes }) => changes),
  };
}
