import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

export interface SinksCount {
  /** RTP packets since the last count; RTCP is left out. */
  readonly received: number;
  /** Thrown away by the kernel before them or at their full sockets: sent, and no fault of the sender. */
  readonly dropped: number;
  /** From the first of them to the last. */
  readonly spanMs: number;
  /** Of an RTP packet, as it came. */
  readonly meanBytes: number;
}

/** Who receives: one process with a few sockets, which many receivers share. */
export interface Sinks extends AsyncDisposable {
  readonly pid: number;
  readonly ports: readonly number[];
  /** Once nothing comes any more; the next count begins at zero. */
  count(): Promise<SinksCount>;
}

const quietMs = 500;

export async function startSinks(): Promise<Sinks> {
  await using held = new AsyncDisposableStack();
  const file = join(import.meta.dirname, 'sinks-main.ts');
  const program = held.use(Program.start({ name: 'sinks of media', file }));
  const { ports } = (await program.next(limits.startMs)) as { ports: number[] }; // sinks-main.ts.
  program.send({ count: true });
  let { dropped: droppedBefore } = (await program.next(limits.settleMs)) as SinksCount; // sinks-main.ts.
  const owned = held.move();
  return {
    pid: program.pid,
    ports,
    async count() {
      await delay(quietMs);
      program.send({ count: true });
      const told = (await program.next(limits.settleMs)) as SinksCount; // sinks-main.ts.
      const dropped = told.dropped - droppedBefore;
      droppedBefore = told.dropped;
      return { ...told, dropped };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
