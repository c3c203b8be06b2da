import { encodePacket, topicOf } from '@sightline/contracts';
import { Device } from '@sightline/broker/testing';
import type { GeneratorTask } from './generator.ts';
import { Lane } from './lane.ts';
import { LoadClient, publishFrame } from './wire.ts';

/**
 * A process of its own, so that making the load is not counted with those who bear it: makes every
 * frame first, says `prepared`, sends on `go`, and says how long it took until everything was answered.
 */
const task = (await nextMessage()) as GeneratorTask; // Sent by generator.ts alone.
const lanes = await Promise.all(task.devices.map(openLane));
tell({ prepared: true });
await nextMessage();
const from = performance.now();
await Promise.all(lanes.map((lane) => lane.send()));
tell({ tookMs: performance.now() - from });
await Promise.all(lanes.map((lane) => lane.client[Symbol.asyncDispose]()));
process.disconnect?.();

async function openLane(row: GeneratorTask['devices'][number]) {
  const device = new Device(row.terminalId, row.region);
  if (row.code !== null) await device.enrol(task.httpPort, row.code);
  const topic = topicOf(device, 'facts');
  const frames = Array.from({ length: task.packetsPerDevice }, (_, index) => {
    const packet = device.packet(task.factsPerPacket);
    return publishFrame(topic, encodePacket(packet), (index % 65_535) + 1);
  });
  const lane = new Lane(frames, {
    inFlight: task.inFlight,
    lastSeq: row.code === null ? null : device.head.seq,
  });
  const client = await LoadClient.open(
    {
      port: task.mqttPort,
      clientId: device.source,
      ...(row.code === null
        ? {}
        : {
            username: device.source,
            password: await device.token(task.httpPort),
            subscribe: topicOf(device, 'ack'),
          }),
    },
    {
      puback: () => lane.onPuback(),
      publish: (payload) => lane.onAck(payload),
      closed: () => lane.onClosed(),
    },
  );
  return { client, send: () => lane.send((frame) => client.write(frame)) };
}

function nextMessage(): Promise<unknown> {
  return new Promise((resolve) => process.once('message', resolve));
}

function tell(message: object): void {
  process.send?.(message);
}
