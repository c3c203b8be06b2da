import { isAbsolute, resolve } from 'node:path';
import { refuse, type Refusal } from '@sightline/contracts';
import manifest from '../package.json' with { type: 'json' };

export interface AgentConfig {
  /** Everything this terminal keeps: key, outbox, desired state, PINs, gallery. */
  readonly dir: string;
  /** On 127.0.0.1; 0 = any free one. */
  readonly kioskPort: number;
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  /** '' = the kiosk page owns the camera; else a file, rtsp://… or /dev/video0. */
  readonly camera: string;
  readonly enrolCode: string | null;
  /** Folder of the face networks; null = the project's own. */
  readonly modelsDir: string | null;
  readonly version: string;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the agent's settings; the only reader of the environment. */
export function readConfig(env: Environment): AgentConfig | Refusal {
  const kioskPort = readPort(env['SIGHTLINE_KIOSK_PORT'] ?? '7403');
  if (kioskPort === null) {
    return wrong(env, 'SIGHTLINE_KIOSK_PORT', 'a number from 0 to 65535 is expected');
  }
  const brokerMqttUrl = env['SIGHTLINE_BROKER_MQTT_URL'] ?? 'mqtt://127.0.0.1:7401';
  if (!isUrlOf(brokerMqttUrl, ['mqtt:', 'mqtts:'])) {
    return wrong(env, 'SIGHTLINE_BROKER_MQTT_URL', 'mqtts://host:port is expected');
  }
  const brokerHttpUrl = env['SIGHTLINE_BROKER_HTTP_URL'] ?? 'http://127.0.0.1:7405';
  if (!isUrlOf(brokerHttpUrl, ['http:', 'https:'])) {
    return wrong(env, 'SIGHTLINE_BROKER_HTTP_URL', 'https://host:port is expected');
  }
  return {
    dir: absolute(env['SIGHTLINE_AGENT_DIR'] ?? 'data/agent'),
    kioskPort,
    brokerMqttUrl,
    brokerHttpUrl,
    camera: env['SIGHTLINE_CAMERA'] ?? '',
    enrolCode: textOrNull(env['SIGHTLINE_ENROL_CODE']),
    modelsDir: textOrNull(env['SIGHTLINE_MODELS_DIR']),
    version: manifest.version,
    logLevel: env['SIGHTLINE_LOG_LEVEL'] ?? 'info',
  };
}

function wrong(env: Environment, name: string, expected: string): Refusal {
  return refuse('bad-setting', `${name} is "${env[name] ?? ''}"; ${expected}.`);
}

function readPort(text: string): number | null {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : null;
}

function isUrlOf(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}
