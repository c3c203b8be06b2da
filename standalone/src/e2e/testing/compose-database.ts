import { join } from 'node:path';
import { openTestStore } from '@sightline/store/testing';
import { ChildLog } from '#supervisor/child-log.ts';
import { startChild, type ChildRun } from '#supervisor/child.ts';
import { rootDir, testEnvironment } from './fixture.ts';

/** What stands in for the service timescaledb. */
export interface StandIn extends AsyncDisposable {
  readonly databaseUrl: string;
  /** kill -9 of the server, then a new one on the same data; null where the server is not ours to kill. */
  readonly killHard: (() => Promise<void>) | null;
}

const given = process.env['TEST_DATABASE_URL'];

/** An empty database on `TEST_DATABASE_URL` where that is given, else an embedded server of its own. */
export async function openStandIn(dir: string, port: number): Promise<StandIn> {
  if (given !== undefined) {
    const store = await openTestStore({ serverUrl: given, empty: true });
    return { ...store, killHard: null };
  }
  const log = await ChildLog.open(join(dir, 'logs', 'postgres.log'), 1e6);
  const start = async (): Promise<{ run: ChildRun; databaseUrl: string; pid: number }> => {
    const plan = {
      name: 'postgres',
      file: join(rootDir, 'store/src/postgres-main.ts'),
      args: ['--data', join(dir, 'volumes/database'), '--port', String(port)],
      env: testEnvironment(),
    };
    const run = startChild(plan, log, 120_000);
    const ready = await run.ready;
    return { run, databaseUrl: String(ready['databaseUrl']), pid: Number(ready['pid']) };
  };
  let server = await start();
  return {
    databaseUrl: server.databaseUrl,
    async killHard() {
      server.run.process.kill('SIGKILL');
      process.kill(server.pid, 'SIGKILL');
      await server.run.exited;
      server = await start();
    },
    async [Symbol.asyncDispose]() {
      server.run.process.kill('SIGTERM');
      await server.run.exited;
      await log.close();
    },
  };
}
