import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import pino from 'pino';
import { readConfig } from './config.ts';
import { startOpenBroker } from './start-open-broker.ts';
import { connackFrame, connectFrame, RawClient } from '#testing/wire.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function start(argv: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return fork(main, argv, {
    env: { PATH: process.env['PATH'], SIGHTLINE_LOG_LEVEL: 'silent', ...env },
    execArgv: [],
    silent: true,
  });
}

async function words(child: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return Buffer.concat(chunks).toString();
}

describe('the broker as a process', () => {
  test('alone and open it answers, and ends with code 0 when it is asked to', async () => {
    const child = start(['--listen', '127.0.0.1:0', '--open']);
    const [ready] = (await once(child, 'message')) as [{ ready: boolean; mqttPort: number }];
    expect(ready.ready).toBe(true);
    await using client = new RawClient(ready.mqttPort);
    client.send(connectFrame());
    expect(await client.take(4)).toEqual(connackFrame);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('it ends when its parent is gone, and with it the reader of its log', async () => {
    const child = start(['--listen', '127.0.0.1:0', '--open'], { SIGHTLINE_LOG_LEVEL: 'info' });
    await once(child, 'message');
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each([
    ['open beyond the loopback', ['--listen', '0.0.0.0:0', '--open'], {}, 'this machine only'],
    ['beyond the loopback without TLS', [], { SIGHTLINE_MQTT_HOST: '0.0.0.0' }, 'no TLS'],
    ['with arguments it does not know', ['--wide'], {}, 'is not understood'],
  ])('it does not start %s, and says why', async (_name, argv, env, sentence) => {
    const child = start(argv, { DATABASE_URL: 'postgres://127.0.0.1:1/none', ...env });
    expect(await words(child)).toContain(sentence);
    expect(child.exitCode).not.toBe(0);
  });
});

test('a taken port is named with what to do', async () => {
  const log = pino({ level: 'silent' });
  const first = await startOpenBroker({ host: '127.0.0.1', port: 0 }, { log });
  if ('refused' in first) throw new Error(first.detail);
  await using _open = first;
  const second = startOpenBroker({ host: '127.0.0.1', port: first.mqttPort }, { log });
  await expect(second).rejects.toThrow(
    `Port ${first.mqttPort} on 127.0.0.1 is taken. Stop the program that has it, or set SIGHTLINE_MQTT_PORT`,
  );
});

describe('its settings', () => {
  test('name the bad value', () => {
    const env = { DATABASE_URL: 'postgres://x', SIGHTLINE_MQTT_PORT: '70000' };
    expect(readConfig(env, [])).toMatchObject({
      code: 'bad-port',
      detail: expect.stringContaining('70000'),
    });
    expect(readConfig({}, [])).toMatchObject({ code: 'no-database' });
  });

  test('have the ports of the house where nothing else is said', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://x' }, [])).toMatchObject({
      kind: 'broker',
      broker: { mqttHost: '127.0.0.1', mqttPort: 7401, httpPort: 7405 },
    });
  });
});
