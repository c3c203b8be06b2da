import { isRefusal } from '@sightline/contracts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOpenBroker, type OpenBroker } from '#start-open-broker.ts';
import { acceptedSequences } from '#testing/accepted-sequences.ts';
import { refusedSequences, type Sequence } from '#testing/refused-sequences.ts';
import { connackFrame, connectFrame, pongFrame, RawClient } from '#testing/wire.ts';

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

async function begin(one: Sequence): Promise<RawClient> {
  const client = new RawClient(broker.mqttPort);
  if (one.connected === true) {
    client.send(connectFrame({ clientId: '' }));
    expect(await client.take(4)).toEqual(connackFrame);
  }
  client.send(...one.send);
  return client;
}

describe('packets that break MQTT 3.1.1 end the connection', () => {
  test.each(refusedSequences)('$name', async (one) => {
    await using client = await begin(one);
    await client.until(() => client.isClosed);
  });
});

describe('packets that keep MQTT 3.1.1 are answered', () => {
  test.each(acceptedSequences)('$name', async (one) => {
    await using client = await begin(one);
    const answer = one.answer ?? pongFrame;
    expect(await client.take(answer.length)).toEqual(answer);
    expect(client.isClosed).toBe(false);
  });
});

describe('the client is told why', () => {
  test.each([
    ['3.1.2-2 return code 1 for a level not served', connectFrame({ level: 5 }), 1],
    [
      '3.1.3-8 return code 2 for a session without a name',
      connectFrame({ flags: 0, clientId: '' }),
      2,
    ],
  ])('%s', async (_name, sent, code) => {
    await using client = new RawClient(broker.mqttPort);
    client.send(sent);
    expect(await client.take(4)).toEqual(Buffer.from([0x20, 2, 0, code]));
    await client.until(() => client.isClosed);
  });
});
