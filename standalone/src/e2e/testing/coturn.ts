import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../edge-fixture.ts';
import { makeRelayAsTold } from './compose-docs.ts';
import { readComposeFile } from './compose-file.ts';
import { testEnvironment } from './fixture.ts';

export interface RelayOptions {
  /** Holds the secrets, made as the page tells. */
  readonly dir: string;
  readonly serverName: string;
  /** The one address that is relayed to. */
  readonly address: string;
}

/** Debian's coturn, with the command of docker-compose.yml and the settings as the page has them made. */
export async function openCoturn(options: RelayOptions): Promise<AsyncDisposable> {
  const { dir, serverName, address } = options;
  await makeRelayAsTold(dir, { serverName, address });
  const file = readComposeFile({
    SIGHTLINE_SERVER_NAME: serverName,
    SIGHTLINE_SERVER_ADDRESS: address,
  });
  const [program = '', ...words] = file.services['turn']?.command ?? [];
  const args = words.map((word) =>
    word.replace(/\/run\/secrets\/([\w-]+)$/, (_, name: string) =>
      join(dir, file.secrets[name]?.file ?? ''),
    ),
  );
  const pidFile = ['--pidfile', join(dir, 'turnserver.pid')];
  const fence = ['--pdeathsig', 'KILL', '--no-new-privs', program];
  const child = spawn('setpriv', [...fence, ...args, ...pidFile], {
    cwd: dir,
    env: testEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-20_000)));
  const exited = once(child, 'exit');
  await until('the relay listens', () => answers(address, 3478), 20_000).catch((cause: unknown) => {
    throw new Error(`coturn does not listen. ${said}`, { cause });
  });
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL'); // It ends otherwise only after its sessions.
      await exited;
    },
  };
}

async function answers(host: string, port: number): Promise<boolean> {
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
