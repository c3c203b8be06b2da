import { Device } from '@sightline/broker/testing';
import { encodePacket, topicOf } from '@sightline/contracts';
import { keyOf } from '#load/device-keys.ts';
import { LoadClient, publishFrame } from '#load/load-client.ts';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';
import type { GeneratorTask } from './generator.ts';
import { Lane } from './lane.ts';

/**
 * A process of its own, so that making the load is not counted with those who bear it: makes every
 * frame first, connects when told, sends on `go`, and says how long it took until all was answered.
 */
endWithParent();
const task = (await nextWord()) as GeneratorTask; // Sent by generator.ts alone.
const lanes = task.places.map(({ terminalId, region }) => prepare(new Device(terminalId, region)));
tell({ keys: lanes.map(({ device }) => keyOf(device)) });
await nextWord();
const senders = await Promise.all(lanes.map(connect));
tell({ connected: true });
await nextWord();
const from = performance.now();
const sending = Promise.all(senders.map((send) => send()));
await within(sending, limits.roundMs, () => lanes.map(({ lane }) => lane.state).join(', '));
tell({ tookMs: performance.now() - from });

function prepare(device: Device): { readonly device: Device; readonly lane: Lane } {
  const topic = topicOf(device, 'facts');
  const frames = Array.from({ length: task.packetsPerDevice }, (_, index) => {
    const payload = encodePacket(device.packet(task.factsPerPacket));
    return publishFrame(topic, payload, (index % 65_535) + 1);
  });
  const lastSeq = task.door === 'open' ? null : device.head.seq;
  return { device, lane: new Lane(frames, { inFlight: task.inFlight, lastSeq }) };
}

async function connect({ device, lane }: (typeof lanes)[number]): Promise<() => Promise<void>> {
  const proof = async () => ({
    username: device.source,
    password: await device.token(task.ports.httpPort),
    subscribe: [topicOf(device, 'ack')],
  });
  const client = await LoadClient.open(
    {
      port: task.ports.mqttPort,
      clientId: device.source,
      ...(task.door === 'open' ? {} : await proof()),
    },
    {
      puback: () => lane.onPuback(),
      publish: (payload) => lane.onAck(payload),
      closed: () => lane.onClosed(),
    },
  );
  return () => lane.send((frame) => client.write(frame));
}
