import { join } from 'node:path';
import type { DeviceKey, DevicePlace } from '#load/device-keys.ts';
import type { BrokerPorts } from '#measure/start-broker.ts';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

export interface GeneratorTask {
  readonly ports: BrokerPorts;
  /** `open`: a plain broker, without tokens and application acks. */
  readonly door: 'open' | 'tokens';
  readonly factsPerPacket: number;
  readonly packetsPerDevice: number;
  /** Packets a device has under way at most. */
  readonly inFlight: number;
  readonly places: readonly DevicePlace[];
}

/** A generator with every frame made. */
export interface Generator extends AsyncDisposable {
  readonly facts: number;
  readonly keys: readonly DeviceKey[];
  /** Opens its connections; the keys must be enrolled by now where the door asks for tokens. */
  connect(): Promise<void>;
  /** Sends all of it; ms until the last answer. */
  run(): Promise<number>;
}

export async function prepareGenerator(task: GeneratorTask): Promise<Generator> {
  const file = join(import.meta.dirname, 'generator-main.ts');
  await using held = new AsyncDisposableStack();
  const program = held.use(Program.start({ name: 'load generator', file }));
  program.send(task);
  const made = (await program.next(limits.prepareMs)) as { keys: DeviceKey[] }; // generator-main.ts.
  const owned = held.move();
  return {
    facts: task.places.length * task.packetsPerDevice * task.factsPerPacket,
    keys: made.keys,
    async connect() {
      program.send({ connect: true });
      await program.next(limits.prepareMs);
    },
    async run() {
      program.send({ go: true });
      const said = (await program.next(limits.roundMs)) as { tookMs: number }; // generator-main.ts.
      return said.tookMs;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
