import { join } from 'node:path';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

/** What the hive did in one run: see `look/src/testing/bench-hive-main.ts`, which measures it. */
export interface HiveRun {
  readonly framesPerS: number;
  readonly gapsMs: readonly number[];
  readonly paintedMs: readonly number[];
  readonly changes: number;
}

export interface HiveLoad {
  readonly cells: number;
  readonly changesPerS: number;
  readonly runMs: number;
}

const file = join(import.meta.dirname, '../../../look/src/testing/bench-hive-main.ts');

/** One run in a browser of its own. */
export async function runOnce({ cells, changesPerS, runMs }: HiveLoad): Promise<HiveRun> {
  const args = [cells, changesPerS, runMs].map(String);
  await using program = Program.start({ name: `hive of ${cells}`, file, args });
  return (await program.next(limits.roundMs)) as HiveRun; // Sent by that program alone.
}
