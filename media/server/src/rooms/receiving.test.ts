import { createWorker, type types } from 'mediasoup';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { realWorker } from '#testing/real-worker.ts';
import { mediaCodecs } from './media-codecs.ts';
import type { OnAir } from './on-air.ts';
import { Receiving } from './receiving.ts';

let worker: types.Worker;
let router: types.Router;
beforeAll(async () => {
  worker = await createWorker({ workerBin: await realWorker(), logLevel: 'none' });
  router = await worker.createRouter({ mediaCodecs });
});
afterAll(() => worker.close());

let ssrc = 1;
const openTransport = () =>
  router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    comedia: true,
  });

async function produce(): Promise<OnAir> {
  const transport = await openTransport();
  ssrc += 1;
  const producer = await transport.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc }],
    },
  });
  const seatId = `venue-${510_115_100_000 + ssrc}`;
  return { seatId, source: 'microphone', producer, router, isFlowing: true, isStopped: false };
}

/** A seat to which what is sent cannot be brought the first times. */
async function openReceiving(failures: number) {
  let tries = 0;
  const transport = await openTransport();
  const told: string[] = [];
  const receiving = new Receiving(
    {
      home: {
        router,
        pipes: {
          async take({ producer }) {
            tries += 1;
            if (tries <= failures) throw new Error('The worker is busy.');
            return producer.id;
          },
          letGo: () => undefined,
        },
      },
      transport,
      capabilities: router.rtpCapabilities,
      log: pino({ level: 'silent' }),
    },
    {
      onConsumer: ({ producerId }) => told.push(producerId),
      onConsumerClosed: () => undefined,
    },
    { firstMs: 1, lastMs: 4, most: 5 },
  );
  const want = (onAir: OnAir) =>
    receiving.want([{ onAir, isPaused: false, layer: null, priority: 255 }]);
  return { told, want, tries: () => tries };
}

test('a consumer that failed to be made is tried again until it is there', async () => {
  const voice = await produce();
  const { want, told, tries } = await openReceiving(3);
  want(voice);
  await eventually(() => told[0]);
  expect([told, tries()]).toEqual([[voice.producer.id], 4]);
});

test('it is tried so often and no more, and anew when something else is wanted', async () => {
  const voice = await produce();
  const { want, told, tries } = await openReceiving(7);
  want(voice);
  await eventually(() => tries() === 6 || undefined);
  expect(told).toEqual([]);
  want(voice);
  await eventually(() => told[0]);
  expect(tries()).toBe(8);
});
