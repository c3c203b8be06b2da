import { setTimeout as delay } from 'node:timers/promises';
import { Device } from '@sightline/broker/testing';
import { topicOf } from '@sightline/contracts';
import { atOnce } from '#load/at-once.ts';
import { keyOf } from '#load/device-keys.ts';
import { fetchToken } from '#load/fetch-token.ts';
import { LoadClient, type LoadOptions } from '#load/load-client.ts';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import type { CrowdTask } from './crowd.ts';

/** Pace of the terminals: 1 s doubling to 60 s, the upper half by chance. */
const backoff = { firstMs: 1_000, lastMs: 60_000 } as const;
const connectingAtOnce = 50;

endWithParent();
const task = (await nextWord()) as CrowdTask; // Sent by crowd.ts alone.
const { mqttPort, httpPort } = task.ports;
const devices = task.places.map(({ terminalId, region }) => new Device(terminalId, region));
/** Device → when it was back, Unix ms. */
const backAtMs = new Map<Device, number>();
tell({ keys: devices.map(keyOf) });
await nextWord();
await atOnce(devices, connectingAtOnce, (device) => open(device));
tell({ connected: devices.length });

async function open(device: Device): Promise<void> {
  let isOpen = false;
  await LoadClient.open(await optionsOf(device), {
    closed: () => {
      // A connection that never stood is open()'s own failure.
      if (isOpen) void comeBack(device);
    },
  });
  isOpen = true;
}

async function comeBack(device: Device): Promise<void> {
  backAtMs.delete(device);
  for (let failures = 0; ; failures += 1) {
    const fullMs = Math.min(backoff.lastMs, backoff.firstMs * 2 ** failures);
    await delay(fullMs * (0.5 + Math.random() / 2));
    const isBack = await open(device).then(
      () => true,
      () => false,
    );
    if (isBack) break;
  }
  backAtMs.set(device, Date.now());
  if (backAtMs.size === devices.length) tell({ backAtMs: [...backAtMs.values()] });
}

async function optionsOf(device: Device): Promise<LoadOptions> {
  const { localAddress } = task;
  const subscribe = [topicOf(device, 'ack'), topicOf(device, 'desired')];
  const where = { port: mqttPort, clientId: device.source, localAddress, subscribe };
  if (task.door === 'open') return where;
  return {
    ...where,
    username: device.source,
    password: await fetchToken(device, { httpPort, localAddress }),
  };
}
