import { join } from 'node:path';
import { startBroker } from '@sightline/broker';
import { isRefusal } from '@sightline/contracts';
import { migrate } from '@sightline/store';
import { expect, it } from 'vitest';
import { seededRandom } from '#demo/random.ts';
import { ChildLog } from '#supervisor/child-log.ts';
import { startChild, type ChildRun } from '#supervisor/child.ts';
import { until } from './edge-fixture.ts';
import { openReader, requireCustody } from './testing/custody.ts';
import { startFactMakers } from './testing/fact-makers.ts';
import { freePortBase, openPlace, rootDir, testEnvironment } from './testing/fixture.ts';
import { silentLog } from './testing/silent-log.ts';
import { print, printTrials } from './testing/trials.ts';

const trials = 20;
const random = seededRandom(13);
const upTo = (count: number) => 1 + Math.floor(random() * count);

interface Postgres extends AsyncDisposable {
  readonly run: ChildRun;
  readonly databaseUrl: string;
  /** Of the server itself, not of our program that minds it. */
  readonly pid: number;
}

async function startPostgres(dir: string, port: number): Promise<Postgres> {
  const plan = {
    name: 'postgres',
    file: join(rootDir, 'store/src/postgres-main.ts'),
    args: ['--data', dir, '--port', String(port)],
    env: testEnvironment(),
  };
  const run = startChild(plan, await ChildLog.open(join(dir, 'postgres.log'), 1e6), 60_000);
  const ready = await run.ready;
  return {
    run,
    databaseUrl: String(ready['databaseUrl']),
    pid: Number(ready['pid']),
    async [Symbol.asyncDispose]() {
      run.process.kill('SIGTERM');
      await run.exited;
    },
  };
}

/** The server alone, or also the program that minds it: both happen. */
async function killPostgres(postgres: Postgres, isMinderToo: boolean): Promise<void> {
  if (isMinderToo) postgres.run.process.kill('SIGKILL');
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.run.exited;
}

it('a database killed 20 times has kept everything that a terminal was told is done', async () => {
  await using place = await openPlace();
  const port = (await freePortBase()) + 4;
  let postgres = await startPostgres(place.dir, port);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => postgres[Symbol.asyncDispose]());
  const store = stack.use(await openReader(postgres.databaseUrl));
  await migrate(store);
  let killAfterCommits = Infinity;
  let atCommit = 0;
  const afterCommit = (): void => {
    killAfterCommits -= 1;
    if (killAfterCommits !== 0) return;
    atCommit += 1;
    process.kill(postgres.pid, 'SIGKILL'); // Committed, and nobody was told yet.
  };
  const { databaseUrl } = postgres;
  const config = { databaseUrl, mqttHost: '127.0.0.1', mqttPort: 0, httpPort: 0 };
  const broker = await startBroker(config, { log: silentLog, afterCommit });
  if (isRefusal(broker)) throw new Error(broker.detail);
  stack.use(broker);
  const urls = {
    brokerMqttUrl: `mqtt://127.0.0.1:${broker.mqttPort}`,
    brokerHttpUrl: `http://127.0.0.1:${broker.httpPort}`,
  };
  const dir = join(place.dir, 'makers');
  const makers = stack.use(await startFactMakers(store, { dir, urls, count: 4 }));
  const backMs: number[] = [];
  for (let trial = 0; trial < trials; trial += 1) {
    const more = makers.delivered() + upTo(30);
    await until('some more facts', () => makers.delivered() >= more);
    if (trial % 2 === 0) {
      killAfterCommits = upTo(10);
      await postgres.run.exited;
    } else await killPostgres(postgres, trial % 4 === 1);
    const killedAtMs = performance.now();
    postgres = await startPostgres(place.dir, port);
    const before = makers.delivered();
    await until('facts are acknowledged again', () => makers.delivered() > before);
    backMs.push(performance.now() - killedAtMs);
  }
  await makers.finish();
  await makers.verify(store);
  await requireCustody(store);
  // What kill -9 cannot show: the server flushes before it says that it committed.
  const { rows } = await store.pool.query<{ setting: string }>(
    `select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  expect(rows.map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
  expect(atCommit).toBeGreaterThanOrEqual(Math.ceil(trials / 3));
  print(
    `${trials} kills of the database, ${atCommit} between commit and ack, ${makers.told()} facts told`,
  );
  printTrials('database: kill → facts acknowledged again', backMs);
}, 240_000);
