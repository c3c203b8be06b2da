import { join } from 'node:path';
import { isRegisterUnfilled, type Store } from '@sightline/store';
import { limits } from '../limits.ts';
import type { StartOptions } from '../options.ts';
import type { Progress } from '../progress.ts';
import { ChildLog } from '#supervisor/child-log.ts';
import { startChild, type ChildRun } from '#supervisor/child.ts';

export interface DemoRegister {
  readonly options: StartOptions;
  readonly rootDir: string;
  readonly databaseUrl: string;
  readonly registerKeyFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly progress: Progress;
}

/** Whether this start shows a whole prefecture: a demo of a few villages has no register of members. */
export function hasDemoRegister({ empty, villages }: StartOptions): boolean {
  return !empty && (typeof villages !== 'number' || villages >= fullVillages);
}

/** The villages of the five counties equipped first. */
const fullVillages = 671;

/**
 * Fills a register without members with the demo's organisations and synthetic members, behind a start that has
 * ended: the workbooks are written and imported by processes of their own, which end when this is disposed.
 */
export async function startDemoRegister(
  store: Store,
  demo: DemoRegister,
): Promise<AsyncDisposable> {
  const isWanted = hasDemoRegister(demo.options) && (await isRegisterUnfilled(store.pool));
  const stopping = new AbortController();
  const filling = isWanted ? fill(demo, stopping.signal) : Promise.resolve();
  const ended = filling.catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    demo.progress.note(`The demo's register was not filled: ${why}`);
  });
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await ended;
    },
  };
}

async function fill(demo: DemoRegister, signal: AbortSignal): Promise<void> {
  const { options, rootDir, environment, databaseUrl, registerKeyFile, progress } = demo;
  const dir = join(options.dataDir, 'demo-register');
  const log = await ChildLog.open(
    join(options.dataDir, 'logs', 'demo-register.log'),
    limits.logBytes,
  );
  const startedAt = performance.now();
  const run = (name: string, file: string, args: readonly string[]) => {
    const env = {
      ...environment,
      DATABASE_URL: databaseUrl,
      SIGHTLINE_REGISTER_KEY_FILE: registerKeyFile,
    };
    const plan = { name, file: join(rootDir, file), args, env };
    return untilEnd(startChild(plan, log, fillMs), { signal, progress });
  };
  const workbooks = ['组织.xlsx', '党员.xlsx'].map((name) => join(dir, name));
  try {
    await run('demo-register', 'standalone/src/demo/demo-register-main.ts', [dir]);
    await run('import', 'command-center/src/register-import/import-main.ts', workbooks);
  } finally {
    await log.close();
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  progress.note(`The demo's register is full: synthetic members, ${seconds} s.`);
}

/** Longer than any machine needs that can show the demo. */
const fillMs = 600_000;

/** Resolves when the program ended well; throws its failure, and ends it when the signal says so. */
async function untilEnd(
  { process: child, exited, ready }: ChildRun,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<void> {
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  child.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'note' in message) {
      progress.note(`  register · ${String(message.note)}`);
    }
  });
  const late = setTimeout(stop, fillMs);
  try {
    const how = await exited;
    await ready;
    if (how !== 'code 0') throw new Error(`${child.spawnfile} ended (${how}).`);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
  }
}
