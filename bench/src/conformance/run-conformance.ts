import { checkConformance } from '@sightline/broker/conformance';
import { freePort } from '#measure/free-port.ts';
import { describeMachine } from '#measure/machine.ts';
import { startMosquitto } from '#measure/mosquitto.ts';
import { startOpenBroker } from '#measure/start-broker.ts';

const withinMs = 1_500;

/** The packet sequences of MQTT 3.1.1 against our broker alone (`--open`) and against mosquitto. */
export async function runConformance(): Promise<Record<string, unknown>> {
  const port = await freePort();
  await using _ours = await startOpenBroker(port);
  await using peer = await startMosquitto();
  const sightline = await checkConformance(port, withinMs);
  const mosquitto = await checkConformance(peer.port, withinMs);
  return {
    passed: sightline.passed,
    peerPassed: mosquitto.passed,
    of: sightline.of,
    failed: sightline.failed,
    peerFailed: mosquitto.failed,
    machine: describeMachine(),
  };
}
