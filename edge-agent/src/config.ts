import { isAbsolute, resolve } from 'node:path';
import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import type { CourseSettings } from '#course/course-keeper.ts';
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
  readonly courses: CourseSettings;
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
  const courses = readCourses(env);
  if (isRefusal(courses)) return courses;
  return {
    dir: absolute(env['SIGHTLINE_AGENT_DIR'] ?? 'data/agent'),
    kioskPort,
    brokerMqttUrl,
    brokerHttpUrl,
    camera: env['SIGHTLINE_CAMERA'] ?? '',
    enrolCode: textOrNull(env['SIGHTLINE_ENROL_CODE']),
    modelsDir: textOrNull(env['SIGHTLINE_MODELS_DIR']),
    courses,
    version: manifest.version,
    logLevel: env['SIGHTLINE_LOG_LEVEL'] ?? 'info',
  };
}

/** A village's line is 4G or a satellite: 2 Mbit/s leave room for a call. */
const courseDefaults = { night: '00:00-06:00', kilobits: '2000', diskMb: '8192' } as const;
const diskHeadroomBytes = 1024 ** 3;

function readCourses(env: Environment): CourseSettings | Refusal {
  const [, h1, m1, h2, m2] =
    /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(
      env['SIGHTLINE_COURSE_NIGHT'] ?? courseDefaults.night,
    ) ?? [];
  if (h1 === undefined) {
    return wrong(
      env,
      'SIGHTLINE_COURSE_NIGHT',
      'such as 00:00-06:00, in Beijing time, is expected',
    );
  }
  const kilobits = readCount(env['SIGHTLINE_COURSE_KBPS'] ?? courseDefaults.kilobits);
  if (kilobits === null)
    return wrong(env, 'SIGHTLINE_COURSE_KBPS', 'kbit/s, 1 or more, is expected');
  const diskMb = readCount(env['SIGHTLINE_COURSE_DISK_MB'] ?? courseDefaults.diskMb);
  if (diskMb === null) return wrong(env, 'SIGHTLINE_COURSE_DISK_MB', 'MB, 1 or more, is expected');
  return {
    night: { fromMinute: Number(h1) * 60 + Number(m1), toMinute: Number(h2) * 60 + Number(m2) },
    bytesPerS: (kilobits * 1_000) / 8,
    diskBytes: diskMb * 1024 ** 2,
    headroomBytes: diskHeadroomBytes,
  };
}

function readCount(text: string): number | null {
  const count = Number(text);
  return /^\d{1,9}$/.test(text) && count > 0 ? count : null;
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
