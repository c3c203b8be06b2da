import { join } from 'node:path';
import { programs, type ProgramName } from './programs.ts';
import { SupervisedChild } from '#supervisor/supervisor.ts';

export interface FleetConfig {
  readonly rootDir: string;
  readonly logDir: string;
  /** Handed on to every program: PATH, HOME and the like. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onNote: (note: string) => void;
}

/** The supervised programs of one installation; disposed, they stop in the opposite order. */
export class Fleet implements AsyncDisposable {
  readonly #config: FleetConfig;
  readonly #stack = new AsyncDisposableStack();
  readonly #children = new Map<ProgramName, SupervisedChild>();

  constructor(config: FleetConfig) {
    this.#config = config;
  }

  /** Makes the program known; it runs after `start()`. */
  async add(
    name: ProgramName,
    plan: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> },
  ): Promise<SupervisedChild> {
    const { rootDir, logDir, environment, onNote } = this.#config;
    const child = await SupervisedChild.open({
      plan: {
        name,
        file: join(rootDir, programs[name]),
        args: plan.args ?? [],
        env: { ...environment, ...plan.env },
      },
      logDir,
      onNote,
    });
    this.#stack.use(child);
    this.#children.set(name, child);
    return child;
  }

  child(name: ProgramName): SupervisedChild {
    const child = this.#children.get(name);
    if (child === undefined) throw new Error(`${name} is not part of this start.`);
    return child;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}
