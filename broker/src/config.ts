import { resolve } from 'node:path';
import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import type { OpenBrokerConfig } from './start-open-broker.ts';
import type { BrokerConfig } from './start-broker.ts';
import type { TlsFiles } from './tls.ts';

export type Config =
  | { readonly kind: 'open'; readonly open: OpenBrokerConfig; readonly logLevel: string }
  | { readonly kind: 'broker'; readonly broker: BrokerConfig; readonly logLevel: string };

type Environment = Readonly<Record<string, string | undefined>>;

const portOf = { mqtt: 7401, http: 7405 } as const;

/** Reads the broker's settings; the only reader of the environment and the command line. */
export function readConfig(env: Environment, argv: readonly string[]): Config | Refusal {
  const logLevel = env['SIGHTLINE_LOG_LEVEL'] ?? 'info';
  if (argv.length > 0) return readOpenConfig(argv, logLevel);
  const databaseUrl = env['DATABASE_URL'] ?? '';
  if (databaseUrl === '') {
    return refuse(
      'no-database',
      'DATABASE_URL is not set. Give postgres://user:password@host/name.',
    );
  }
  const mqttPort = readPort(env['SIGHTLINE_MQTT_PORT'], portOf.mqtt);
  const httpPort = readPort(env['SIGHTLINE_BROKER_HTTP_PORT'], portOf.http);
  if (mqttPort === null) return badPort('SIGHTLINE_MQTT_PORT', env['SIGHTLINE_MQTT_PORT']);
  if (httpPort === null) {
    return badPort('SIGHTLINE_BROKER_HTTP_PORT', env['SIGHTLINE_BROKER_HTTP_PORT']);
  }
  const mqttHost = env['SIGHTLINE_MQTT_HOST'] ?? '127.0.0.1';
  const tls = readTls(env);
  if (isRefusal(tls)) return tls;
  const coursesDir = resolve(env['SIGHTLINE_COURSES_DIR'] ?? 'data/courses');
  const broker = { databaseUrl, mqttHost, mqttPort, httpPort, tls, coursesDir };
  return { kind: 'broker', broker, logLevel };
}

function readTls(env: Environment): TlsFiles | null | Refusal {
  const certificateFile = env['SIGHTLINE_BROKER_TLS_CERT'];
  const keyFile = env['SIGHTLINE_BROKER_TLS_KEY'];
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile !== undefined && keyFile !== undefined) return { certificateFile, keyFile };
  return refuse(
    'half-a-tls',
    'SIGHTLINE_BROKER_TLS_CERT and SIGHTLINE_BROKER_TLS_KEY must be set together.',
  );
}

/** `--listen HOST:PORT --open`. */
function readOpenConfig(argv: readonly string[], logLevel: string): Config | Refusal {
  const listen = argv[argv.indexOf('--listen') + 1] ?? '';
  const [, host, portText] = /^(.+):(\d+)$/.exec(listen) ?? [];
  const port = readPort(portText, null);
  if (argv.length !== 3 || !argv.includes('--open') || host === undefined || port === null) {
    return refuse(
      'bad-arguments',
      `"${argv.join(' ')}" is not understood. Use --listen 127.0.0.1:PORT --open, or no arguments.`,
    );
  }
  return { kind: 'open', open: { host, port }, logLevel };
}

function readPort(text: string | undefined, otherwise: number | null): number | null {
  if (text === undefined) return otherwise;
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}

function badPort(name: string, value: string | undefined): Refusal {
  return refuse('bad-port', `${name} is "${value}"; a number from 0 to 65535 is expected.`);
}
