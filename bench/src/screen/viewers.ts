import { join } from 'node:path';
import { Program } from '#measure/program.ts';
import { limits } from '../limits.ts';
import type { Sighting } from './sightings.ts';

export interface ViewersTask {
  readonly url: string;
  /** Cookie header of a screen. */
  readonly cookie: string;
  readonly region: string;
  readonly count: number;
}

/** Screens without a browser: they watch the whole region and note when each frame came. */
export interface Viewers extends AsyncDisposable {
  /** What each saw since it began. */
  seen(): Promise<readonly (readonly Sighting[])[]>;
}

export async function startViewers(task: ViewersTask): Promise<Viewers> {
  const file = join(import.meta.dirname, 'viewers-main.ts');
  await using held = new AsyncDisposableStack();
  const program = held.use(Program.start({ name: 'viewers', file }));
  program.send(task);
  await program.next(limits.startMs);
  const owned = held.move();
  return {
    async seen() {
      program.send({ tell: true });
      const said = await program.next(limits.settleMs);
      return (said as { seen: Sighting[][] }).seen; // viewers-main.ts.
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
