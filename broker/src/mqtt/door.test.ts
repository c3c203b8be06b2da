import { connectText } from '@sightline/contracts';
import { listQuarantine, readLinkStates, revokeTerminal } from '@sightline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessOf } from '#domain/access.ts';
import { Device, packetText } from '#testing/device.ts';
import { openTestBroker, type TestBroker } from '#testing/open-test-broker.ts';
import { eventually } from '#testing/eventually.ts';
import { connectPacket, TerminalClient, WireClient } from '#testing/wire-client.ts';

let broker: TestBroker;
let next = 0;

beforeAll(async () => {
  broker = await openTestBroker({ devices: 26 });
});
afterAll(() => broker[Symbol.asyncDispose]());

function takeDevice(): Device {
  const device = broker.devices[next];
  next += 1;
  if (device === undefined) throw new Error('More devices are needed.');
  return device;
}

const openTerminal = () => TerminalClient.open(takeDevice(), broker);

async function connack(device: Device, token: string): Promise<number> {
  const { client, returnCode } = await TerminalClient.tryOpen(device, broker.mqttPort, token);
  await client[Symbol.asyncDispose]();
  return returnCode;
}

/** MQTT-3.1.4 lets a client send on before its CONNACK: SUBSCRIBE comes `turns` turns after CONNECT. */
async function rushIn(device: Device, turns: number): Promise<void> {
  const token = await device.token(broker.httpPort);
  await using wire = await WireClient.open(broker.mqttPort);
  const { ack, facts: topic } = accessOf(device);
  wire.send(connectPacket(device, token));
  for (let turn = 0; turn < turns; turn += 1) await new Promise((next) => setImmediate(next));
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: ack, qos: 0 }] });
  await wire.next('suback');
  const payload = packetText(device.packet(1));
  wire.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 2, dup: false, retain: false });
  const answer = await wire.next('publish', (packet) => packet.topic === ack);
  expect(JSON.parse(answer.payload.toString())).toMatchObject({ trouble: null });
}

test('a terminal that does not wait for its CONNACK is subscribed and gets its acks', async () => {
  const device = takeDevice();
  for (let turns = 0; turns < 40; turns += 1) await rushIn(device, turns);
});

describe('who may come in', () => {
  test('a terminal with a fresh token comes in; the same token again does not', async () => {
    const device = takeDevice();
    const token = await device.token(broker.httpPort);
    expect(await connack(device, token)).toBe(0);
    expect(await connack(device, token)).toBe(4);
  });

  test('a nonce issued to another source, or signed by another key, is refused', async () => {
    const [device, other] = [takeDevice(), takeDevice()];
    expect(await connack(device, await other.token(broker.httpPort))).toBe(4);
    const [nonce] = (await device.token(broker.httpPort)).split('.');
    const forged = other.sign(connectText(device.source, nonce ?? ''));
    expect(await connack(device, `${nonce}.${forged}`)).toBe(4);
  });

  test('a key that was never enrolled is refused', async () => {
    const stranger = new Device('t-0', '540235100000');
    expect(await connack(stranger, await stranger.token(broker.httpPort))).toBe(5);
  });

  test.each([
    ['a kept session', { clean: false }],
    ['a will', { will: { topic: 't', payload: Buffer.from('x'), qos: 0 as const, retain: false } }],
    ['no keep-alive', { keepalive: 0 }],
    ['another client id', { clientId: 'other' }],
  ])('%s is refused', async (_name, different) => {
    const device = takeDevice();
    await using wire = await WireClient.open(broker.mqttPort);
    wire.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: device.source,
      keepalive: 60,
      username: device.source,
      password: Buffer.from(await device.token(broker.httpPort)),
      ...different,
    });
    expect((await wire.next('connack')).returnCode).toBe(5);
    await wire.closed;
  });

  test('a second connection of a source takes over the first, and its chain goes on', async () => {
    await using first = await openTerminal();
    await first.deliver(first.device.packet(2));
    await using second = await TerminalClient.open(first.device, broker);
    await first.wire.closed;
    expect(await second.deliver(second.device.packet(2))).toMatchObject({ committedTo: 4 });
    const state = await eventually(() => linkState(first.device));
    expect(state.connected).toBe(true);
  });

  test('a revoked terminal is out within a second and stays out', async () => {
    await using terminal = await openTerminal();
    const { terminalId } = terminal.device;
    const revokedAtMs = performance.now();
    const now = new Date().toISOString();
    await revokeTerminal(broker.store, { terminalId, now, actor: 'system:test' });
    await terminal.wire.closed;
    expect(performance.now() - revokedAtMs).toBeLessThan(1_000);
    expect(await connack(terminal.device, await terminal.device.token(broker.httpPort))).toBe(5);
  });

  test('a revocation whose notice was lost acts by the poll', async () => {
    await using terminal = await openTerminal();
    await broker.store.pool.query(
      'update terminal_source set revoked_at = now() where source = $1',
      [terminal.device.source],
    );
    await terminal.wire.closed;
  });
});

describe('what a terminal may touch', () => {
  test('publishing on another’s topic ends the connection and is kept as evidence', async () => {
    await using honest = await openTerminal();
    await using liar = await openTerminal();
    liar.publish(packetText(liar.device.packet(1)), honest.access.facts);
    await liar.wire.closed;
    const { region } = liar.device;
    const row = await eventually(async () => {
      const [found] = await listQuarantine(broker.store.pool, region, { limit: 1 });
      return found;
    });
    expect(row).toMatchObject({ reason: 'not-yours', terminalId: liar.device.terminalId });
    expect(row.message).toContain(honest.access.facts);
    expect(await honest.deliver(honest.device.packet(1))).toMatchObject({ committedTo: 1 });
  });

  test.each(['#', '$SYS/#', 'sl/+/+/+/+/t/+/facts'])(
    'subscribing to %s is refused',
    async (topic) => {
      await using terminal = await openTerminal();
      terminal.subscribe(topic);
      expect((await terminal.wire.next('suback')).granted).toEqual([128]);
    },
  );

  test('what one terminal publishes reaches no other', async () => {
    await using one = await openTerminal();
    await using other = await openTerminal();
    await one.deliver(one.device.packet(3));
    await other.deliver(other.device.packet(1));
    expect(other.wire.arrived).toEqual([]);
  });
});

describe('presence', () => {
  test('a beat and the connection become the terminal’s state within two seconds', async () => {
    const terminal = await openTerminal();
    const { device } = terminal;
    terminal.beat({
      v: 1,
      at: '2026-11-23T04:00:00.000Z',
      uptimeMs: 5_000,
      waiting: 7,
      oldestWaitingAt: '2026-11-23T03:00:00.000Z',
      deadLetters: 1,
      desiredVersion: 3,
      camera: 'ready',
      version: '0.1.0',
    });
    const up = await eventually(async () => {
      const state = await linkState(device);
      return state?.beatAt === null ? undefined : state;
    });
    expect(up).toMatchObject({ connected: true, waiting: 7, deadLetters: 1, camera: 'ready' });
    await terminal[Symbol.asyncDispose]();
    const down = await eventually(async () => {
      const state = await linkState(device);
      return state?.connected === true ? undefined : state;
    });
    expect(down.linkSince > up.linkSince).toBe(true);
    expect(down.waiting).toBe(7);
  });

  test('a beat that is none costs nobody anything', async () => {
    await using terminal = await openTerminal();
    terminal.beat({ v: 2, waiting: 'many' });
    expect(await terminal.deliver(terminal.device.packet(1))).toMatchObject({ committedTo: 1 });
  });
});

async function linkState(device: Device) {
  const [state] = await readLinkStates(broker.store.pool, device.region);
  return state;
}
