import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '../edge-fixture.ts';
import { testEnvironment } from './fixture.ts';

/** For a machine that others keep busy. */
const patienceMs = 90_000;

/** A program of `testing/` that says what it does in lines: a word, then its values. */
export interface LineChild extends AsyncDisposable {
  readonly pid: number;
  readonly lines: readonly (readonly string[])[];
  /** The first line with this word after the `from`th line. */
  line(word: string, from?: number): Promise<readonly string[]>;
  count(word: string): number;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  readonly exited: Promise<unknown>;
}

export function startLineChild(name: string, args: readonly string[]): LineChild {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    env: testEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: (readonly string[])[] = [];
  if (child.stdout === null || child.pid === undefined) throw new Error(`${name} did not start.`);
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line.split(' ')));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    pid: child.pid,
    lines,
    exited,
    async line(word, from = 0) {
      let found: readonly string[] | undefined;
      const look = () => (found = lines.slice(from).find((line) => line[0] === word)) !== undefined;
      await until(`${name} says "${word}"`, look, patienceMs);
      return found ?? [];
    },
    count: (word) => lines.filter((line) => line[0] === word).length,
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
