import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../edge-fixture.ts';
import { testEnvironment } from './fixture.ts';
import { print } from './trials.ts';

export interface LoopbackRelay extends AsyncDisposable {
  /** Shared with the media server. */
  readonly secretFile: string;
}

const loopback = '127.0.0.1';

/** Why it cannot be run here, printed once; null = it can. */
export function whyNoRelay(test: string): string | null {
  const tried = spawnSync('turnserver', ['--version'], { encoding: 'utf8' });
  if (tried.error === undefined) return null;
  print(`${test} is skipped: there is no coturn here (${tried.error.message})`);
  return tried.error.message;
}

/** Debian's coturn on this machine alone, by TCP: for links that are shaped, not for what it lets through. */
export async function openLoopbackRelay(options: {
  readonly dir: string;
  readonly port: number;
  /** Where what is relayed comes from. */
  readonly relayPorts: { readonly min: number; readonly max: number };
}): Promise<LoopbackRelay> {
  const { dir, port, relayPorts } = options;
  const secret = 'a relay of a test, on the loopback alone';
  const secretFile = join(dir, 'turn-secret');
  writeFileSync(secretFile, secret, { mode: 0o600 });
  const args = [
    '-n',
    '--no-cli',
    '--no-udp',
    '--no-tls',
    '--no-dtls',
    '--allow-loopback-peers',
    `--listening-ip=${loopback}`,
    `--listening-port=${port}`,
    `--relay-ip=${loopback}`,
    `--min-port=${relayPorts.min}`,
    `--max-port=${relayPorts.max}`,
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=sightline.example',
    '--log-file=stdout',
    '--simple-log',
    `--pidfile=${join(dir, 'turnserver.pid')}`,
  ];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'turnserver', ...args], {
    cwd: dir,
    env: testEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-20_000)));
  const exited = once(child, 'exit');
  await until('the relay listens', () => isListening(port), 20_000).catch((cause: unknown) => {
    throw new Error(`coturn does not listen. ${said}`, { cause });
  });
  return {
    secretFile,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL'); // It ends otherwise only after its sessions.
      await exited;
    },
  };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, loopback);
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
