import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { clusterSocket } from './test-run.ts';

/** An embedded server that tests share. */
export interface TestCluster {
  /** URL of an account that may create databases. */
  readonly serverUrl: string;
  /** A migrated database that nobody uses: to be copied. */
  readonly template: string;
}

let shared: Promise<TestCluster> | null = null;

/** The server of the whole run; outside of one, a server of this process, which ends with it. */
export function sharedCluster(): Promise<TestCluster> {
  const socket = clusterSocket();
  return (shared ??= socket === null ? startAlone() : askFor(socket));
}

const main = fileURLToPath(new URL('./cluster-main.ts', import.meta.url));
const answerMs = 120_000;

/** A child of its own, so that no test process leaves a server behind, not even one that is killed. */
export async function startCluster(): Promise<TestCluster & { readonly child: ChildProcess }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-store-'));
  // The server's account must get in.
  await chmod(dataDir, 0o755);
  const child = fork(main, [dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const cluster = await new Promise<TestCluster>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The test database ended with code ${code}.`)));
    child.once('message', resolve);
  });
  return { ...cluster, child };
}

async function startAlone(): Promise<TestCluster> {
  const { child, ...cluster } = await startCluster();
  child.unref();
  child.channel?.unref();
  return cluster;
}

async function askFor(path: string): Promise<TestCluster> {
  const socket = connect(path);
  socket.setTimeout(answerMs, () =>
    socket.destroy(new Error(`No test database in ${answerMs} ms.`)),
  );
  await once(socket, 'connect');
  const answer = await text(socket);
  if (answer === '') throw new Error('The test database of this run did not start.');
  return JSON.parse(answer) as TestCluster; // Written by the run's own set-up.
}
