import { resolve } from 'node:path';
import type { RetentionDays } from '@sightline/contracts';
import { refusePlainListener } from '#domain/listener.ts';
import type { MediaSettings } from '#media/media-keys.ts';
import { readNotifyConfig, type NotifyConfig } from '#notify/notify-config.ts';
import { readRetentionDays } from '#retention/retention-days.ts';

/** How the centre's process is told what to be; this file alone reads the environment. */
export interface CentreConfig {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 = any free port (tests). */
  readonly port: number;
  /** Null: no broker is known; its health then reads unknown. */
  readonly brokerHttpUrl: string | null;
  /** Every page says that the people are synthetic. */
  readonly demo: boolean;
  /** A terminal here sees recorded sample footage; every page says so. */
  readonly sampleCamera: boolean;
  readonly logLevel: string;
  /** Host names beside the loopback ones that browsers may use, as host or host:port. */
  readonly publicHosts: readonly string[];
  /** 答复时限. Calendar days within which a complaint is to be answered. */
  readonly complaintAnswerDays: number;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /**
   * The key that stands outside the database: second factors and the register's numbers are encrypted
   * with it. Null: there is none, and what needs one is off and says so.
   */
  readonly registerKeyFile: string | null;
  /** Where films and pictures of courses lie; the broker hands them to terminals from there. */
  readonly coursesDir: string;
  readonly notify: NotifyConfig;
  /** 留存期限. How long what a meeting leaves behind is kept. */
  readonly retentionDays: RetentionDays;
  /** The media server that meetings are held on. Null: there is none; calls and roll calls work. */
  readonly media: MediaSettings | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment; throws one plain sentence naming what is wrong. */
export function readConfig(environment: Environment): CentreConfig {
  const databaseUrl = environment['DATABASE_URL'];
  if (databaseUrl === undefined || databaseUrl === '') {
    throw new Error(
      'DATABASE_URL is not set; the centre needs postgres://user@host:port/database.',
    );
  }
  const host = environment['SIGHTLINE_CENTRE_HOST'] ?? '127.0.0.1';
  const tls = readTls(environment);
  const problem = refusePlainListener(host, tls !== null);
  if (problem !== null) throw new Error(problem);
  return {
    databaseUrl,
    host,
    port: readPort(environment['SIGHTLINE_CENTRE_PORT'] ?? '7400'),
    brokerHttpUrl: environment['SIGHTLINE_BROKER_HTTP_URL'] ?? null,
    demo: environment['SIGHTLINE_DEMO'] === '1',
    sampleCamera: environment['SIGHTLINE_SAMPLE_CAMERA'] === '1',
    logLevel: environment['SIGHTLINE_LOG_LEVEL'] ?? 'info',
    publicHosts: readHosts(environment['SIGHTLINE_CENTRE_PUBLIC_HOSTS'] ?? ''),
    complaintAnswerDays: readDays(environment['SIGHTLINE_COMPLAINT_DAYS'] ?? '7'),
    tls,
    registerKeyFile: environment['SIGHTLINE_REGISTER_KEY_FILE'] ?? null,
    coursesDir: resolve(environment['SIGHTLINE_COURSES_DIR'] ?? 'data/courses'),
    notify: readNotifyConfig(environment),
    retentionDays: readRetentionDays(environment['SIGHTLINE_RETENTION_DAYS'] ?? ''),
    media: readMedia(environment),
  };
}

const mediaSecretMinimum = 32;

function readMedia(environment: Environment): MediaSettings | null {
  const secret = environment['SIGHTLINE_MEDIA_SECRET'] ?? '';
  if (secret === '') return null;
  if (secret.length < mediaSecretMinimum) {
    throw new Error(
      `SIGHTLINE_MEDIA_SECRET has ${secret.length} characters; ${mediaSecretMinimum} or more are expected, the same as at the media server.`,
    );
  }
  const url = environment['SIGHTLINE_MEDIA_URL'] ?? 'http://127.0.0.1:7410';
  if (/^https?:\/\/[^/?#\s]+$/.test(url) && URL.canParse(url)) return { secret, url };
  throw new Error(
    `SIGHTLINE_MEDIA_URL is "${url}"; http(s)://host:port is expected, as pages and terminals reach the media server.`,
  );
}

function readTls(environment: Environment): CentreConfig['tls'] {
  const certificateFile = environment['SIGHTLINE_CENTRE_TLS_CERT'];
  const keyFile = environment['SIGHTLINE_CENTRE_TLS_KEY'];
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new Error('SIGHTLINE_CENTRE_TLS_CERT and SIGHTLINE_CENTRE_TLS_KEY must be set together.');
  }
  return { certificateFile, keyFile };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`SIGHTLINE_CENTRE_PORT is "${text}"; a port from 0 to 65535 is expected.`);
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new Error(`SIGHTLINE_COMPLAINT_DAYS is "${text}"; 1 to 365 days are expected.`);
}

function readHosts(text: string): string[] {
  return text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}
