import { join } from 'node:path';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

export interface RingPlace {
  readonly terminalId: string;
  readonly region: string;
  /** One-time code of its enrolment. */
  readonly code: string;
}

export interface VillagesTask {
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  readonly places: readonly RingPlace[];
  /** The slowest answer after the ring was shown. */
  readonly slowestMs: number;
}

/** Real terminals of one process, as the simulator runs them; resolves when all have their link. */
export async function startVillages(task: VillagesTask): Promise<Program> {
  const file = join(import.meta.dirname, 'villages-main.ts');
  await using held = new AsyncDisposableStack();
  const program = held.use(Program.start({ name: 'villages', file }));
  program.send(task);
  await program.next(limits.prepareMs);
  held.move();
  return program;
}
