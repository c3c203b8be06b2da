import { isRefusal } from '@sightline/contracts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOpenBroker, type OpenBroker } from '#start-open-broker.ts';
import {
  connackFrame,
  connectFrame,
  frame,
  pingFrame,
  pongFrame,
  publishFrame,
  RawClient,
  subscribeFrame,
  text,
} from '#testing/wire.ts';

let broker: OpenBroker;

beforeAll(async () => {
  const started = await startOpenBroker(
    { host: '127.0.0.1', port: 0 },
    { log: pino({ level: 'silent' }) },
  );
  if (isRefusal(started)) throw new Error(started.detail);
  broker = started;
});
afterAll(() => broker[Symbol.asyncDispose]());

async function openClient(clientId: string): Promise<RawClient> {
  const client = new RawClient(broker.mqttPort);
  client.send(connectFrame({ clientId }));
  expect(await client.take(4)).toEqual(connackFrame);
  return client;
}

/** Sends until the other side ends it; returns how much the sockets took. */
async function flood(client: RawClient, chunk: Buffer, atMostBytes: number): Promise<number> {
  let sent = 0;
  while (!client.isClosed && sent < atMostBytes) {
    const hasRoom = client.socket.write(chunk);
    sent += chunk.length;
    if (hasRoom) continue;
    await Promise.race([
      client.closed,
      new Promise((resolve) => client.socket.once('drain', resolve)),
    ]);
  }
  return client.socket.bytesWritten;
}

/** mulberry32: the same mutations every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('hostile sockets', () => {
  test('120 MB before CONNECT are cut off, announced as one packet or as none', async () => {
    const mega = Buffer.alloc(1024 * 1024, 0x41);
    for (const head of [Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]), Buffer.from([0x41])]) {
      await using client = new RawClient(broker.mqttPort);
      client.send(head);
      const took = await flood(client, mega, 120 * 1024 * 1024);
      await client.closed;
      expect(took).toBeLessThan(8 * 1024 * 1024); // What the kernel's buffers swallow.
    }
  });

  test('a CONNECT that trickles is cut after 5 s', async () => {
    await using client = new RawClient(broker.mqttPort);
    client.send(connectFrame({ clientId: 'slow' }).subarray(0, 12));
    const beganAt = performance.now();
    await client.until(() => client.isClosed, 7_000);
    expect(performance.now() - beganAt).toBeGreaterThan(4_000);
  });

  test('a payload of 10 MB ends its sender and nobody else', async () => {
    await using honest = await openClient('honest-1');
    await using client = await openClient('big');
    client.send(publishFrame('t', Buffer.alloc(10 * 1024 * 1024)));
    await client.closed;
    honest.send(pingFrame);
    expect(await honest.take(2)).toEqual(pongFrame);
  });

  test('a subscriber that never reads delays nobody', async () => {
    await using deaf = await openClient('deaf');
    deaf.send(subscribeFrame(1, ['news', 0]));
    await deaf.take(5);
    deaf.socket.pause();
    await using reader = await openClient('reader');
    reader.send(subscribeFrame(1, ['news', 0], ['probe', 0]));
    await reader.take(6);
    await using writer = await openClient('writer');
    const news = publishFrame('news', Buffer.alloc(64 * 1024));
    for (let round = 0; round < 200; round += 1) {
      writer.send(news, pingFrame);
      await writer.take(2, 10_000);
    }
    const probe = publishFrame('probe', 'now');
    const sentAt = performance.now();
    writer.send(probe);
    await reader.until(() => reader.received.includes(probe), 1_000);
    expect(performance.now() - sentAt).toBeLessThan(1_000);
  });

  test('10,000 mutated packets end no process and harm no honest client', async () => {
    const random = seeded(5402);
    const below = (limit: number) => Math.floor(random() * limit);
    await using honest = await openClient('honest-2');
    honest.send(subscribeFrame(1, ['village', 1]));
    await honest.take(5);
    const models = [
      connectFrame({ flags: 0xc6, rest: [text('w'), text('m'), text('u'), text('p')] }),
      publishFrame('a/b/c', 'payload', 7),
      publishFrame('a', ''),
      subscribeFrame(3, ['a/+/#', 1], ['$SYS/#', 2]),
      frame(0xa2, [0, 4], text('a/+')),
      frame(0x34, text('t'), [0, 5], text('x')),
      frame(0x62, [0, 5]),
      frame(0x40, [0, 7]),
      frame(0x50, [0, 7]),
      pingFrame,
    ];
    const mutate = (): Buffer => {
      const bytes = Buffer.from(models[below(models.length)] ?? pingFrame);
      for (let left = 1 + below(4); left > 0; left -= 1) bytes[below(bytes.length)] = below(256);
      return below(4) === 0 ? bytes.subarray(0, 1 + below(bytes.length)) : bytes;
    };
    for (let done = 0; done < 10_000; done += 500) {
      const liars = Array.from({ length: 50 }, (_, index) => {
        const client = new RawClient(broker.mqttPort);
        if (index % 10 !== 0) client.send(connectFrame({ clientId: `liar-${index}` }));
        client.send(...Array.from({ length: 10 }, mutate));
        return client;
      });
      honest.send(publishFrame('village', `${done}`, 1 + done));
      const mark = Buffer.from(`village`);
      await honest.until(() => honest.received.includes(mark), 5_000);
      await honest.take(1);
      for (const liar of liars) await liar[Symbol.asyncDispose]();
    }
    expect(honest.isClosed).toBe(false);
  });
});
