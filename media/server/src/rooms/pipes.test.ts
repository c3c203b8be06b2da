import { createWorker, type types } from 'mediasoup';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { realWorker } from '#testing/real-worker.ts';
import { mediaCodecs } from './media-codecs.ts';
import { Pipes } from './pipes.ts';

const workers: types.Worker[] = [];
let from: types.Router;
let to: types.Router;
beforeAll(async () => {
  const workerBin = await realWorker();
  for (let n = 0; n < 2; n += 1) workers.push(await createWorker({ workerBin, logLevel: 'none' }));
  [from, to] = (await Promise.all(
    workers.map((worker) => worker.createRouter({ mediaCodecs })),
  )) as [types.Router, types.Router]; // Two of two.
});
afterAll(() => {
  for (const worker of workers) worker.close();
});

let ssrc = 1;

async function produce(): Promise<types.Producer> {
  const transport = await from.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    comedia: true,
  });
  ssrc += 1;
  return transport.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000 }],
      encodings: [{ ssrc }],
    },
  });
}

const isHere = (producerId: string) =>
  to.canConsume({ producerId, rtpCapabilities: to.rtpCapabilities });

test('what is sent elsewhere can be consumed here while somebody wants it, and is let go once nobody does', async () => {
  const pipes = new Pipes(to, 0);
  const producer = await produce();
  const sent = { producer, router: from };
  const [id, same] = await Promise.all([pipes.take(sent), pipes.take(sent)]);
  expect([isHere(id), same, pipes.count]).toEqual([true, id, 1]);
  pipes.letGo(sent);
  expect(isHere(id)).toBe(true);
  pipes.letGo(sent);
  await eventually(() => !isHere(id) || undefined);
  expect([pipes.count, producer.closed]).toEqual([0, false]);
  const again = await pipes.take(sent);
  expect(isHere(again)).toBe(true);
  producer.close();
  await eventually(() => pipes.count === 0 || undefined);
  expect(isHere(again)).toBe(false);
});

test('one that is wanted again in time stays, and one of this router needs no pipe', async () => {
  const pipes = new Pipes(to, 60_000);
  const producer = await produce();
  const sent = { producer, router: from };
  const id = await pipes.take(sent);
  pipes.letGo(sent);
  expect(await pipes.take(sent)).toBe(id);
  expect([isHere(id), pipes.count]).toEqual([true, 1]);
  expect(await pipes.take({ producer, router: to })).toBe(producer.id);
  pipes.letGo({ producer, router: to });
  expect(pipes.count).toBe(1);
});

test('two routers of one worker are given what the same seat sends', async () => {
  const worker = workers[1];
  if (worker === undefined) throw new Error('no worker');
  const beside = await worker.createRouter({ mediaCodecs });
  const sent = { producer: await produce(), router: from };
  const ids = await Promise.all([new Pipes(to).take(sent), new Pipes(beside).take(sent)]);
  expect(isHere(ids[0])).toBe(true);
  const wish = { producerId: ids[1], rtpCapabilities: beside.rtpCapabilities };
  expect(beside.canConsume(wish)).toBe(true);
});

test('one that ended, or whose worker died, is said not to come, and forgotten', async () => {
  const pipes = new Pipes(to);
  const producer = await produce();
  producer.close();
  await expect(pipes.take({ producer, router: from })).rejects.toThrow();
  expect(pipes.count).toBe(0);
  const other = await produce();
  const id = await pipes.take({ producer: other, router: from });
  process.kill(workers[0]?.pid ?? 0, 'SIGKILL');
  await eventually(() => pipes.count === 0 || undefined);
  expect(isHere(id)).toBe(false);
});
