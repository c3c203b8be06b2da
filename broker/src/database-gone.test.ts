import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '@sightline/contracts';
import { migrate, openStore, startEmbeddedPostgres, type EmbeddedPostgres } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packetText } from '#testing/device.ts';
import { eventually } from '#testing/eventually.ts';
import { enrolDevices, openOn } from '#testing/open-test-broker.ts';
import { TerminalClient } from '#testing/wire-client.ts';

let dataDir: string;
let port: number;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sightline-broker-'));
  await chmod(dataDir, 0o755);
  port = await freePort();
  postgres = await startEmbeddedPostgres({ dataDir, port });
}, 60_000);
afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

test('a killed database takes no ack; when it is back the same broker goes on, nothing lost or doubled', async () => {
  const { databaseUrl } = postgres;
  await using store = await openStore({ databaseUrl, applicationName: 'test' });
  const refusal = await migrate(store);
  if (isRefusal(refusal)) throw new Error(refusal.detail);
  await using broker = await openOn(databaseUrl);
  const [device] = await enrolDevices(store, broker.httpPort, 1);
  if (device === undefined) throw new Error('No device.');

  const terminal = await TerminalClient.open(device, broker);
  await terminal.deliver(device.packet(4));
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.ended;
  const unsure = [device.packet(4), device.packet(4)].map(packetText);
  for (const text of unsure) terminal.publish(text);
  await terminal.wire.closed; // Dropped without PUBACK: it will send again.
  expect(terminal.wire.arrived).toEqual([]);

  const token = await device.token(broker.httpPort);
  const refused = await TerminalClient.tryOpen(device, broker.mqttPort, token);
  expect(refused.returnCode).toBe(3); // Server unavailable: come again.
  expect((await fetch(`http://127.0.0.1:${broker.httpPort}/healthz`)).status).toBe(503);

  await postgres[Symbol.asyncDispose]();
  postgres = await startEmbeddedPostgres({ dataDir, port });
  const again = await eventually(() => TerminalClient.open(device, broker).catch(() => undefined));
  for (const text of unsure) await again.deliver(text);
  expect(await again.deliver(device.packet(4))).toMatchObject({ committedTo: 16, trouble: null });
  await eventually(async () => {
    const { status } = await fetch(`http://127.0.0.1:${broker.httpPort}/healthz`);
    return status === 200 ? status : undefined;
  });
  await again[Symbol.asyncDispose]();
  const { rows } = await store.pool.query<{ seq: number }>(
    'select seq from log where source = $1 order by position',
    [device.source],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
