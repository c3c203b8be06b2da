import type { SimulatorConfig } from './simulator.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the simulator's environment; throws a sentence naming what is missing. */
export function readSimulatorConfig(environment: Environment): SimulatorConfig {
  return {
    dir: need(environment, 'SIGHTLINE_SIMULATOR_DIR'),
    brokerMqttUrl: need(environment, 'SIGHTLINE_BROKER_MQTT_URL'),
    brokerHttpUrl: need(environment, 'SIGHTLINE_BROKER_HTTP_URL'),
    hasOutages: readOutages(environment['SIGHTLINE_SIMULATED_OUTAGES']),
  };
}

function readOutages(value: string | undefined): boolean {
  if (value === undefined || value === 'on') return true;
  if (value === 'off') return false;
  throw new Error(`SIGHTLINE_SIMULATED_OUTAGES is on or off, not ${value}.`);
}

function need(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set.`);
  return value;
}
