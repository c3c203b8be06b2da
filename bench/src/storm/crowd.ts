import { join } from 'node:path';
import type { DeviceKey, DevicePlace } from '#load/device-keys.ts';
import { Program } from '#measure/program.ts';
import type { BrokerPorts } from '#measure/start-broker.ts';
import { limits } from '../limits.ts';

export interface CrowdTask {
  readonly ports: BrokerPorts;
  /** `open`: a plain broker, without tokens. */
  readonly door: 'open' | 'tokens';
  /** 127.0.0.x: each process has its own, and with it its own range of ports. */
  readonly localAddress: string;
  readonly places: readonly DevicePlace[];
}

/** Clients that stay connected and come back by themselves. */
export interface Crowd extends AsyncDisposable {
  readonly keys: readonly DeviceKey[];
  connect(): Promise<void>;
  /** Waits until every client lost its connection and has one again: when each was back, Unix ms. */
  returned(): Promise<number[]>;
}

const processes = 4;

/** That many clients in four processes; their keys are made, nothing is connected yet. */
export async function gatherCrowd(
  places: readonly DevicePlace[],
  to: Pick<CrowdTask, 'ports' | 'door'>,
): Promise<Crowd> {
  await using held = new AsyncDisposableStack();
  const each = Math.ceil(places.length / processes);
  const programs = Array.from({ length: Math.ceil(places.length / each) }, (_, index) => {
    const file = join(import.meta.dirname, 'crowd-main.ts');
    const program = held.use(Program.start({ name: 'crowd of clients', file }));
    const localAddress = `127.0.0.${index + 2}`;
    const some = places.slice(index * each, (index + 1) * each);
    program.send({ ...to, localAddress, places: some } satisfies CrowdTask);
    return program;
  });
  const words = await Promise.all(programs.map((program) => program.next(limits.prepareMs)));
  const owned = held.move();
  return {
    keys: words.flatMap((word) => (word as { keys: DeviceKey[] }).keys), // crowd-main.ts says it.
    async connect() {
      for (const program of programs) program.send({ connect: true });
      await Promise.all(programs.map((program) => program.next(limits.prepareMs)));
    },
    async returned() {
      const backs = await Promise.all(programs.map((program) => program.next(limits.returnMs)));
      return backs.flatMap((word) => (word as { backAtMs: number[] }).backAtMs); // crowd-main.ts.
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
