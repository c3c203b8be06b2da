import { join } from 'node:path';
import type { DeviceKey, DevicePlace } from '#load/device-keys.ts';
import { Program } from '#measure/program.ts';
import type { BrokerPorts } from '#measure/start-broker.ts';
import { limits } from '../limits.ts';

export interface CheckInTask {
  readonly ports: BrokerPorts;
  readonly places: readonly DevicePlace[];
  readonly factsPerS: number;
  readonly runMs: number;
}

/** A fact and when it was made, Unix ms. */
export interface MadeFact {
  readonly source: string;
  readonly seq: number;
  readonly madeAtMs: number;
}

/** Terminals in one process that check in at an even pace, a packet and a seal for every fact. */
export interface CheckInSource extends AsyncDisposable {
  readonly keys: readonly DeviceKey[];
  connect(): Promise<void>;
  /** Resolves when the last fact was acknowledged. */
  run(): Promise<readonly MadeFact[]>;
}

export async function prepareCheckIns(task: CheckInTask): Promise<CheckInSource> {
  const file = join(import.meta.dirname, 'check-in-main.ts');
  await using held = new AsyncDisposableStack();
  const program = held.use(Program.start({ name: 'check-in generator', file }));
  program.send(task);
  const made = (await program.next(limits.prepareMs)) as { keys: DeviceKey[] }; // check-in-main.ts.
  const owned = held.move();
  return {
    keys: made.keys,
    async connect() {
      program.send({ connect: true });
      await program.next(limits.prepareMs);
    },
    async run() {
      program.send({ go: true });
      const said = await program.next(task.runMs + limits.settleMs);
      return (said as { facts: MadeFact[] }).facts; // check-in-main.ts.
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
