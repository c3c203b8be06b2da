import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Links } from '#links.ts';
import { until } from '../edge-fixture.ts';
import { rootDir, testEnvironment } from './fixture.ts';

const startMs = 180_000;
const goneMs = 30_000;

/** `npm start` as a person runs it in a terminal: a foreground process group of its own. */
export interface NpmStart extends AsyncDisposable {
  /** What the one line of JSON says. Throws with its last words when it ends instead. */
  ready(): Promise<{ readonly ready: true } & Links>;
  /** Everything on stdout that is not npm's own banner. */
  said(): string[];
  errors(): string;
  /** Ctrl-C: SIGINT to the whole group. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
  /** kill -9 of our own first process alone. */
  killSupervisor(): void;
  /** Command lines of everything that runs because of this start. */
  processes(): string[];
  /** Resolves when nothing of it runs any more; throws naming what still does. */
  gone(): Promise<void>;
}

export function npmStart(dataDir: string, args: readonly string[]): NpmStart {
  const mark = randomUUID();
  const words = ['start', '--', '--json', '--data', dataDir, ...args];
  const child = spawn('npm', words, {
    cwd: rootDir,
    env: testEnvironment({ SIGHTLINE_TEST_MARK: mark }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString('utf8')));
  let exitCode: number | null | undefined;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve((exitCode = code)));
  });
  const said = () => out.split('\n').filter((line) => line !== '' && !line.startsWith('> '));
  const processes = () => findProcesses([mark, dataDir]);
  const gone = () =>
    until('no process is left', () => processes().length === 0, goneMs).catch((cause: unknown) => {
      throw new Error(`Still running: ${processes().map(commandOf).join('; ')}`, { cause });
    });
  return {
    said,
    errors: () => errors,
    processes: () => processes().map(commandOf),
    gone,
    async ready() {
      const isThere = () => said().length > 0 || exitCode !== undefined;
      await until('npm start is ready', isThere, startMs);
      const [line] = said();
      if (line === undefined) throw new Error(`npm start ended with ${exitCode}: ${errors}`);
      return JSON.parse(line) as { ready: true } & Links; // Checked by the test that reads it.
    },
    async interrupt() {
      if (child.pid !== undefined && exitCode === undefined) process.kill(-child.pid, 'SIGINT');
      return exited;
    },
    killSupervisor() {
      for (const pid of processes()) {
        const [program = '', script = ''] = argumentsOf(pid);
        if (program.endsWith('node') && script.endsWith('standalone/src/main.ts')) {
          process.kill(pid, 'SIGKILL');
        }
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined && exitCode === undefined) process.kill(-child.pid, 'SIGINT');
      await gone();
    },
  };
}

/** Processes that carry one of these words in their environment or on their command line. */
function findProcesses(words: readonly string[]): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      const text = `${read(pid, 'environ')} ${read(pid, 'cmdline')}`;
      return words.some((word) => text.includes(word)) && !isDead(pid);
    });
}

const argumentsOf = (pid: number): string[] => read(pid, 'cmdline').split('\0');
const commandOf = (pid: number): string => `${pid} ${argumentsOf(pid).join(' ')}`;

/** A zombie waits for its parent to read how it ended; it runs no more. */
function isDead(pid: number): boolean {
  return / Z /.test(read(pid, 'stat').replace(/^.*\)/, ''));
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // Ended meanwhile.
  }
}
