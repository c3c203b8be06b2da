import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { isRefusal } from '@sightline/contracts';
import { openTestStore } from '@sightline/store/testing';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { limits } from './limits.ts';
import { startBroker, type Broker } from './start-broker.ts';
import { connackFrame, connectFrame } from '#testing/wire.ts';

const stack = new AsyncDisposableStack();
let tls = { certificateFile: '', keyFile: '' };
let broker: Broker;

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sightline-tls-'));
  stack.defer(() => rmSync(dir, { recursive: true }));
  tls = { certificateFile: join(dir, 'server.pem'), keyFile: join(dir, 'server.key') };
  const kind = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=broker';
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const files = ['-out', tls.certificateFile, '-keyout', tls.keyFile];
  execFileSync('openssl', ['req', ...kind.split(' '), '-addext', names, ...files], {
    stdio: 'ignore',
  });
  const { databaseUrl } = stack.use(await openTestStore());
  const where = { databaseUrl, mqttHost: '127.0.0.1', mqttPort: 0, httpPort: 0 };
  const started = await startBroker({ ...where, tls }, { log: pino({ level: 'silent' }) });
  if (isRefusal(started)) throw new Error(started.detail);
  broker = stack.use(started);
}, 60_000);
afterAll(() => stack.disposeAsync());

const authority = () => readFileSync(tls.certificateFile);

test('with a certificate MQTT and HTTP are spoken below TLS', async () => {
  const socket = connect({ host: 'localhost', port: broker.mqttPort, ca: authority() });
  await once(socket, 'secureConnect');
  socket.write(connectFrame());
  // No key was proven: a CONNACK all the same, from behind the guard.
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.subarray(0, 2)).toEqual(connackFrame.subarray(0, 2));
  socket.destroy();
  const asked = request({
    host: 'localhost',
    port: broker.httpPort,
    path: '/healthz',
    ca: authority(),
  });
  const [reply] = (await once(asked.end(), 'response')) as [{ statusCode: number; resume(): void }];
  reply.resume();
  expect(reply.statusCode).toBe(200);
});

test('whoever speaks plainly to it gets no MQTT and no HTTP', async () => {
  for (const [port, words] of [
    [broker.mqttPort, connectFrame()],
    [broker.httpPort, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ] as const) {
    const socket = connectPlain(port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => heard.push(bytes));
    socket.on('error', () => undefined); // A reset is an answer too.
    socket.write(words);
    await once(socket, 'close');
    const said = Buffer.concat(heard);
    expect(said.subarray(0, 4)).not.toEqual(connackFrame);
    expect(said.toString('latin1')).not.toContain('HTTP/1.1 200');
  }
});

test('whoever never ends its handshake is cut off', async () => {
  const socket = connectPlain(broker.mqttPort, '127.0.0.1');
  socket.on('error', () => undefined); // A reset is an answer too.
  socket.resume();
  await once(socket, 'close', { signal: AbortSignal.timeout(4 * limits.connectWithinMs) });
}, 30_000);

test('half a TLS, and a file that cannot be read, are named', async () => {
  const half = { DATABASE_URL: 'postgres://x', SIGHTLINE_BROKER_TLS_KEY: 'a.key' };
  expect(readConfig(half, [])).toMatchObject({ code: 'half-a-tls' });
  const nowhere = { certificateFile: '/nowhere/a.pem', keyFile: '/nowhere/a.key' };
  const where = { databaseUrl: 'postgres://x', mqttHost: '0.0.0.0', mqttPort: 0, httpPort: 0 };
  await expect(
    startBroker({ ...where, tls: nowhere }, { log: pino({ level: 'silent' }) }),
  ).rejects.toThrow('SIGHTLINE_BROKER_TLS_CERT is "/nowhere/a.pem", which cannot be read.');
});
