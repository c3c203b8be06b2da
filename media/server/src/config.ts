import { isIP } from 'node:net';
import { isLoopbackHost } from '#http/loopback.ts';

/** Where media packets come in; `min` = `max` is one port for all. */
export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/** `loopback` is for a server without a proxy before it: behind one, everybody comes from this machine. */
export type PlainRtp = (typeof plainRtps)[number];
const plainRtps = ['closed', 'loopback', 'open'] as const;

/** How the media server's process is told what to be; this file alone reads the environment. */
export interface MediaConfig {
  /** Of the signalling, plain HTTP on the loopback or TLS. */
  readonly host: string;
  /** 0 = any free port (tests). */
  readonly port: number;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  readonly rtc: {
    readonly ip: string;
    readonly ports: PortRange;
    /** What pages are told instead of `ip` and the port, behind a NAT. */
    readonly announced: { readonly address: string; readonly port: number | null } | null;
  };
  /** Root of the centre, where the link is opened. */
  readonly centreUrl: string;
  /** Shared with the centre: opens the link, signs seat tokens. */
  readonly secret: string;
  /** Recordings and slide decks. */
  readonly dataDir: string;
  readonly logLevel: string;
  /** Null = one a core. */
  readonly workers: number | null;
  /** Addresses of a coturn, and the file with its `static-auth-secret`; null = none. */
  readonly turn: { readonly urls: readonly string[]; readonly secretFile: string } | null;
  /** Who may send plain RTP: nobody, this machine, or every seat (hardware codecs on a trusted network). */
  readonly plain: PlainRtp;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment; throws one plain sentence naming what is wrong. */
export function readConfig(env: Environment): MediaConfig {
  const host = env['SIGHTLINE_MEDIA_HOST'] ?? '127.0.0.1';
  const tls = readTls(env);
  if (tls === null && !isLoopbackHost(host)) {
    throw new Error(
      `The media server would listen on ${host} without TLS. Set SIGHTLINE_MEDIA_TLS_CERT and ` +
        'SIGHTLINE_MEDIA_TLS_KEY, or listen on 127.0.0.1 behind a TLS proxy.',
    );
  }
  return {
    host,
    port: readPort('SIGHTLINE_MEDIA_PORT', env['SIGHTLINE_MEDIA_PORT'] ?? '7410'),
    tls,
    rtc: {
      ip: readIp(env['SIGHTLINE_MEDIA_RTC_IP'] ?? '127.0.0.1'),
      ports: readPorts(env['SIGHTLINE_MEDIA_RTC_PORTS'] ?? '7420-7499'),
      announced: readAnnounced(env['SIGHTLINE_MEDIA_ANNOUNCED'] ?? ''),
    },
    centreUrl: readUrl(env['SIGHTLINE_MEDIA_CENTRE_URL'] ?? 'http://127.0.0.1:7400'),
    secret: readSecret(env['SIGHTLINE_MEDIA_SECRET'] ?? ''),
    dataDir: env['SIGHTLINE_MEDIA_DATA'] ?? './data/media',
    logLevel: env['SIGHTLINE_MEDIA_LOG_LEVEL'] ?? 'info',
    workers: readWorkers(env['SIGHTLINE_MEDIA_WORKERS'] ?? ''),
    turn: readTurn(env),
    plain: readPlain(env['SIGHTLINE_MEDIA_PLAIN'] ?? 'closed'),
  };
}

function readTls(env: Environment): MediaConfig['tls'] {
  const certificateFile = env['SIGHTLINE_MEDIA_TLS_CERT'];
  const keyFile = env['SIGHTLINE_MEDIA_TLS_KEY'];
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new Error('SIGHTLINE_MEDIA_TLS_CERT and SIGHTLINE_MEDIA_TLS_KEY must be set together.');
  }
  return { certificateFile, keyFile };
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`${name} is "${text}"; a port from 0 to 65535 is expected.`);
}

function readPorts(text: string): PortRange {
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const min = Number(from);
  const max = Number(to ?? from);
  if (from !== undefined && min >= 1 && min <= max && max <= 65_535) return { min, max };
  throw new Error(
    `SIGHTLINE_MEDIA_RTC_PORTS is "${text}"; one port or a range like 7420-7499 is expected.`,
  );
}

function readIp(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new Error(
    `SIGHTLINE_MEDIA_RTC_IP is "${text}"; an IP address of this machine is expected.`,
  );
}

function readAnnounced(text: string): MediaConfig['rtc']['announced'] {
  if (text === '') return null;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain;
  if (address === undefined) {
    throw new Error(`SIGHTLINE_MEDIA_ANNOUNCED is "${text}"; address or address:port is expected.`);
  }
  return { address, port: port === undefined ? null : readPort('SIGHTLINE_MEDIA_ANNOUNCED', port) };
}

function readWorkers(text: string): number | null {
  if (text === '') return null;
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new Error(`SIGHTLINE_MEDIA_WORKERS is "${text}"; a number from 1 to 99 is expected.`);
}

function readUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new Error(`SIGHTLINE_MEDIA_CENTRE_URL is "${text}"; http(s)://host:port is expected.`);
}

function readSecret(text: string): string {
  if (text.length >= 32) return text;
  throw new Error(
    'SIGHTLINE_MEDIA_SECRET needs 32 characters or more, the same here and at the centre.',
  );
}

function readTurn(env: Environment): MediaConfig['turn'] {
  const urls = (env['SIGHTLINE_MEDIA_TURN'] ?? '').split(',').filter((url) => url !== '');
  if (urls.length === 0) return null;
  const bad = urls.find((url) => !/^turns?:/.test(url));
  if (bad !== undefined) {
    throw new Error(`SIGHTLINE_MEDIA_TURN has "${bad}"; turn: or turns: addresses are expected.`);
  }
  const secretFile = env['SIGHTLINE_MEDIA_TURN_SECRET_FILE'] ?? '';
  if (secretFile === '') {
    throw new Error(
      'SIGHTLINE_MEDIA_TURN needs SIGHTLINE_MEDIA_TURN_SECRET_FILE, a file with coturn’s static-auth-secret.',
    );
  }
  return { urls, secretFile };
}

function readPlain(text: string): PlainRtp {
  const found = plainRtps.find((one) => one === text);
  if (found !== undefined) return found;
  throw new Error(`SIGHTLINE_MEDIA_PLAIN is "${text}"; ${plainRtps.join(', ')} are expected.`);
}
