import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../edge-fixture.ts';
import { testEnvironment } from './fixture.ts';

/** Where it is asked whether it listens. */
export interface CoturnAt {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
}

/** Debian's coturn, until it listens; it dies with this process, and at once when it is disposed of. */
export async function startCoturn(
  command: readonly string[],
  { dir, host, port }: CoturnAt,
): Promise<AsyncDisposable> {
  const pidFile = ['--pidfile', join(dir, 'turnserver.pid')];
  const fence = ['--pdeathsig', 'KILL', '--no-new-privs'];
  const child = spawn('setpriv', [...fence, ...command, ...pidFile], {
    cwd: dir,
    env: testEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-20_000)));
  const exited = once(child, 'exit');
  await until('the relay listens', () => listens(host, port), 20_000).catch((cause: unknown) => {
    throw new Error(`coturn does not listen. ${said}`, { cause });
  });
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL'); // It ends otherwise only after its sessions.
      await exited;
    },
  };
}

async function listens(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  const isThere = await Promise.race([
    once(socket, 'connect').then(
      () => true,
      () => false,
    ),
    once(socket, 'close').then(() => false),
  ]);
  socket.destroy();
  return isThere;
}
