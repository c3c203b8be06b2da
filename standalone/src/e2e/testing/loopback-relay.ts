import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCoturn } from './start-coturn.ts';
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
  const command = [
    'turnserver',
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
  ];
  const started = await startCoturn(command, { dir, host: loopback, port });
  return { secretFile, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}
