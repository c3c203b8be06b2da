import { startOpenBroker } from '@sightline/broker';
import { checkConformance } from '@sightline/broker/conformance';
import { isRefusal } from '@sightline/contracts';
import pino from 'pino';
import { describeMachine } from '#measure/machine.ts';
import { startMosquitto } from '#measure/mosquitto.ts';

const withinMs = 1_500;

/** The packet sequences of MQTT 3.1.1 against our broker alone (`--open`) and against mosquitto. */
export async function runConformance(): Promise<Record<string, unknown>> {
  const log = pino({ level: 'silent' });
  const broker = await startOpenBroker({ host: '127.0.0.1', port: 0 }, { log });
  if (isRefusal(broker)) throw new Error(broker.detail);
  await using ours = broker;
  await using peer = await startMosquitto();
  const [sightline, mosquitto] = [
    await checkConformance(ours.mqttPort, withinMs),
    await checkConformance(peer.port, withinMs),
  ];
  return {
    passed: sightline.passed,
    peerPassed: mosquitto.passed,
    of: sightline.of,
    failed: sightline.failed,
    peerFailed: mosquitto.failed,
    machine: describeMachine(),
  };
}
