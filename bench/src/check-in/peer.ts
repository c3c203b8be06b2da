import { join } from 'node:path';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';

/** What the peer's process is told first. */
export interface PeerTask {
  /** The folder with its packages. */
  readonly modulesDir: string;
  readonly framesEach: number;
}

/** `@vladmandic/human` at the same frames, in a process of its own. */
export interface Peer extends AsyncDisposable {
  readonly version: string;
  /** Reads every frame once: milliseconds of each, and in how many it found a face. */
  round(): Promise<{ readonly ms: readonly number[]; readonly faces: number }>;
}

export async function startPeer(task: PeerTask): Promise<Peer> {
  const file = join(import.meta.dirname, 'peer-main.ts');
  await using held = new AsyncDisposableStack();
  const program = held.use(Program.start({ name: 'peer', file }));
  program.send(task);
  const { version } = (await program.next(limits.prepareMs)) as { version: string }; // peer-main.ts.
  const owned = held.move();
  return {
    version,
    async round() {
      program.send({ round: true });
      return (await program.next(limits.roundMs)) as { ms: number[]; faces: number }; // peer-main.ts.
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
