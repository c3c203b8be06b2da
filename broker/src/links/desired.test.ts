import type { Desired } from '@sightline/contracts';
import { inTransaction, updateDesired } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBroker, type TestBroker } from '#testing/open-test-broker.ts';
import { TerminalClient } from '#testing/wire-client.ts';

let broker: TestBroker;
let next = 0;

beforeAll(async () => {
  broker = await openTestBroker({ devices: 4 });
});
afterAll(() => broker[Symbol.asyncDispose]());

async function openTerminal(): Promise<TerminalClient> {
  const device = broker.devices[next];
  next += 1;
  if (device === undefined) throw new Error('More devices are needed.');
  const terminal = await TerminalClient.open(device, broker);
  terminal.subscribe(terminal.access.desired);
  await terminal.wire.next('suback');
  return terminal;
}

async function nextDesired(terminal: TerminalClient, withinMs?: number): Promise<Desired> {
  const isIt = ({ topic }: { topic: string }) => topic === terminal.access.desired;
  const { payload, qos } = await terminal.wire.next('publish', isIt, withinMs);
  expect(qos).toBe(1);
  return JSON.parse(payload.toString()) as Desired;
}

function change(terminalId: string): Promise<Desired> {
  return inTransaction(broker.store, (client) =>
    updateDesired(client, terminalId, (desired) => ({
      ...desired,
      settings: { ...desired.settings, faceEnabled: false },
    })),
  );
}

test('a terminal gets its desired state when it subscribes', async () => {
  await using terminal = await openTerminal();
  const { terminalId, region } = terminal.device;
  expect(await nextDesired(terminal)).toMatchObject({ terminalId, region, version: 1 });
});

test('a change reaches the terminal it is for, and only that one', async () => {
  await using terminal = await openTerminal();
  await using other = await openTerminal();
  await nextDesired(terminal);
  await nextDesired(other);
  await change(terminal.device.terminalId);
  const desired = await nextDesired(terminal, 1_000);
  expect(desired).toMatchObject({ version: 2, settings: { faceEnabled: false } });
  expect(other.wire.arrived.filter(({ cmd }) => cmd === 'publish')).toEqual([]);
});

test('a change whose notice was lost comes by the poll', async () => {
  await using terminal = await openTerminal();
  await nextDesired(terminal);
  await broker.store.pool.query(
    'update desired set version = 9, updated_at = clock_timestamp() where terminal_id = $1',
    [terminal.device.terminalId],
  );
  expect(await nextDesired(terminal)).toMatchObject({ version: 9 });
});
