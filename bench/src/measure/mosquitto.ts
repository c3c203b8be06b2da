import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';
import { freePort } from './free-port.ts';
import { within } from './within.ts';

export interface Peer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** On the same port. */
  startAgain(): Promise<void>;
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** mosquitto from Debian, nothing durable, on a free loopback port. Throws when it is not installed. */
export async function startMosquitto(): Promise<Peer> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-mosquitto-'));
  const port = await freePort();
  const config = join(dir, 'mosquitto.conf');
  await writeFile(config, configOf(port));
  let run = await start(config, port);
  const kill = async () => {
    run.child.kill('SIGKILL');
    await within(run.ended, limits.killMs, 'the end of mosquitto after SIGKILL');
  };
  return {
    port,
    get pid() {
      return run.child.pid ?? 0;
    },
    kill,
    async startAgain() {
      run = await start(config, port);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function configOf(port: number): string {
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence false',
    'max_inflight_messages 0',
    'max_queued_messages 0',
    'max_connections -1',
    'user root',
    'log_dest none',
  ];
  return `${lines.join('\n')}\n`;
}

async function start(config: string, port: number): Promise<Run> {
  const child = spawn('mosquitto', ['-c', config], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await once(child, 'spawn').catch((cause: unknown) => {
    throw new Error('mosquitto did not start; install it: apt-get install mosquitto.', { cause });
  });
  await within(answering(port), limits.startMs, `mosquitto on port ${port}`);
  return { child, ended };
}

async function answering(port: number): Promise<void> {
  for (const endMs = performance.now() + limits.startMs; performance.now() < endMs;) {
    const socket = connect(port, '127.0.0.1');
    // Rejects on 'error': nobody listens yet.
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await delay(20);
  }
}
