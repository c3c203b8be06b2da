import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface GeneratorTask {
  readonly mqttPort: number;
  readonly httpPort: number;
  readonly factsPerPacket: number;
  readonly packetsPerDevice: number;
  /** Packets a device has under way at most. */
  readonly inFlight: number;
  /** `code` null: a plain broker without enrolment. */
  readonly devices: readonly {
    readonly terminalId: string;
    readonly region: string;
    readonly code: string | null;
  }[];
}

/** A generator that has everything ready to send. */
export interface Generator {
  readonly facts: number;
  /** Sends all of it; ms until the last answer. */
  run(): Promise<number>;
}

export async function prepareGenerator(task: GeneratorTask): Promise<Generator> {
  const child = fork(join(import.meta.dirname, 'generator-main.ts'));
  child.send(task);
  await answer(child);
  return {
    facts: task.devices.length * task.packetsPerDevice * task.factsPerPacket,
    async run() {
      child.send({ go: true });
      const said = await answer(child);
      await once(child, 'exit');
      return Number((said as { tookMs: number }).tookMs); // generator-main.ts says it.
    },
  };
}

async function answer(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The load generator ended; its words stand above.');
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  ended.catch(() => undefined);
  return message;
}
