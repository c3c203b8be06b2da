import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Device } from '@sightline/broker/testing';
import { encodePacket, shiftAt, topicOf, type Beat, type Fact } from '@sightline/contracts';
import { atOnce } from '#load/at-once.ts';
import { keyOf } from '#load/device-keys.ts';
import { LoadClient, publishFrame, publishOnceFrame } from '#load/load-client.ts';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';
import type { CheckInTask, MadeFact } from './check-in-source.ts';

/** Pace of looking at what is due. */
const tickMs = 4;
const connectingAtOnce = 24;

endWithParent();
const task = (await nextWord()) as CheckInTask; // Sent by check-in-source.ts alone.
const devices = task.places.map(({ terminalId, region }) => new Device(terminalId, region));
const clients = new Map<Device, LoadClient>();
const people = new Map(devices.map((device) => [device, randomUUID()]));
const made: MadeFact[] = [];
let answered = 0;
let allAnswered: (() => void) | null = null;
tell({ keys: devices.map(keyOf) });
await nextWord();
await atOnce(devices, connectingAtOnce, connect);
tell({ connected: devices.length });
await nextWord();
await checkIn();
tell({ facts: made });

async function connect(device: Device): Promise<void> {
  const { mqttPort, httpPort } = task.ports;
  const proof = { username: device.source, password: await device.token(httpPort) };
  const client = await LoadClient.open(
    { port: mqttPort, clientId: device.source, ...proof, subscribe: [topicOf(device, 'ack')] },
    {
      puback: () => {
        answered += 1;
        if (answered === made.length) allAnswered?.();
      },
    },
  );
  clients.set(device, client);
  client.write(publishOnceFrame(topicOf(device, 'beat'), JSON.stringify(beat())));
}

/** Facts at the pace asked for, round and round over the terminals, until the last PUBACK. */
async function checkIn(): Promise<void> {
  const beganMs = performance.now();
  const total = Math.round((task.runMs * task.factsPerS) / 1000);
  while (made.length < total) {
    const dueFacts = ((performance.now() - beganMs) * task.factsPerS) / 1000;
    while (made.length < Math.min(total, dueFacts)) publishNext();
    await delay(tickMs);
  }
  const last = new Promise<void>((resolve) => (allAnswered = resolve));
  if (answered === made.length) return;
  await within(last, limits.settleMs, () => `${answered} of ${made.length} facts answered`);
}

function publishNext(): void {
  const device = devices[made.length % devices.length];
  const client = device === undefined ? undefined : clients.get(device);
  if (device === undefined || client === undefined) throw new Error('A terminal is missing.');
  const madeAtMs = Date.now();
  const packet = device.packet(1, () => checkInOf(device, madeAtMs));
  const { seq } = device.head;
  made.push({ source: device.source, seq, madeAtMs });
  client.write(publishFrame(topicOf(device, 'facts'), encodePacket(packet), (seq % 65_535) + 1));
}

function checkInOf(device: Device, madeAtMs: number): Partial<Fact> {
  const at = Temporal.Instant.fromEpochMilliseconds(madeAtMs);
  const shift = shiftAt(at).key;
  const personId = people.get(device) ?? '';
  return {
    at: at.toString({ fractionalSecondDigits: 3 }),
    stream: `duty/${device.region}/${shift.replace('/', '-')}`,
    type: 'duty.checked-in',
    actor: `person:${personId}`,
    data: { personId, terminalId: device.terminalId, shift, method: 'pin', simulated: true },
  };
}

function beat(): Beat {
  return {
    v: 1,
    at: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
    uptimeMs: 1_000,
    waiting: 0,
    oldestWaitingAt: null,
    deadLetters: 0,
    desiredVersion: 1,
    camera: 'ready',
    version: 'bench',
  };
}
