import { join } from 'node:path';
import { limits } from '../limits.ts';
import { Program } from './program.ts';

export interface BrokerPorts {
  readonly mqttPort: number;
  readonly httpPort: number;
}

export interface RunningBroker extends BrokerPorts {
  readonly program: Program;
}

const main = join(import.meta.dirname, '../../../broker/src/main.ts');

/** Our broker as the process it is in production. Port 0 = any free one. */
export async function startBroker(
  databaseUrl: string,
  ports: BrokerPorts = { mqttPort: 0, httpPort: 0 },
  execArgv: readonly string[] = [],
): Promise<RunningBroker> {
  const env = {
    DATABASE_URL: databaseUrl,
    SIGHTLINE_MQTT_PORT: String(ports.mqttPort),
    SIGHTLINE_BROKER_HTTP_PORT: String(ports.httpPort),
    SIGHTLINE_LOG_LEVEL: 'warn',
  };
  const program = Program.start({ name: 'broker', file: main, env, execArgv });
  const ready = (await program.next(limits.startMs)) as BrokerPorts; // The broker's ready word.
  return { program, mqttPort: ready.mqttPort, httpPort: ready.httpPort };
}

/** The broker alone, without database and access rules. */
export async function startOpenBroker(mqttPort: number): Promise<Program> {
  const args = ['--listen', `127.0.0.1:${mqttPort}`, '--open'];
  const env = { SIGHTLINE_LOG_LEVEL: 'warn' };
  const program = Program.start({ name: 'open broker', file: main, args, env });
  await program.next(limits.startMs);
  return program;
}
