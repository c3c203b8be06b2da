import { isLoopback } from '#domain/listener.ts';

/** Where notifications leave this installation; null = not that way. */
export interface NotifyConfig {
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly webhook: Door | null;
  readonly sms: Door | null;
  /** What a message tells people to open; null = it names no address. */
  readonly consoleUrl: string | null;
}

/** Takes POST of JSON; the secret signs each body. */
export interface Door {
  readonly url: string;
  readonly secret: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const noNotify: NotifyConfig = { smtp: null, webhook: null, sms: null, consoleUrl: null };

/** Throws one plain sentence naming what is wrong. */
export function readNotifyConfig(environment: Environment): NotifyConfig {
  return {
    smtp: readSmtp(environment),
    webhook: readDoor(environment, 'SIGHTLINE_WEBHOOK'),
    sms: readDoor(environment, 'SIGHTLINE_SMS_GATEWAY'),
    consoleUrl: environment['SIGHTLINE_CONSOLE_URL'] ?? null,
  };
}

function readSmtp(environment: Environment): NotifyConfig['smtp'] {
  const url = environment['SIGHTLINE_SMTP_URL'];
  const from = environment['SIGHTLINE_SMTP_FROM'];
  if (url === undefined && from === undefined) return null;
  if (url === undefined || from === undefined) {
    throw new Error('SIGHTLINE_SMTP_URL and SIGHTLINE_SMTP_FROM must be set together.');
  }
  const parsed = URL.parse(url);
  if (parsed === null || !['smtp:', 'smtps:'].includes(parsed.protocol)) {
    throw new Error('SIGHTLINE_SMTP_URL is no smtp:// or smtps:// address.');
  }
  return { url, from };
}

function readDoor(environment: Environment, name: string): Door | null {
  const url = environment[`${name}_URL`];
  const secret = environment[`${name}_SECRET`];
  if (url === undefined && secret === undefined) return null;
  if (url === undefined || secret === undefined || secret.length < 16) {
    throw new Error(`${name}_URL and ${name}_SECRET (16 characters or more) must be set together.`);
  }
  const parsed = URL.parse(url);
  const isPlain = parsed?.protocol === 'http:';
  if (parsed === null || (!isPlain && parsed.protocol !== 'https:')) {
    throw new Error(`${name}_URL is no https:// address.`);
  }
  if (isPlain && parsed.hostname !== 'localhost' && !isLoopback(parsed.hostname)) {
    throw new Error(`${name}_URL leaves this machine without TLS: use https://.`);
  }
  return { url, secret };
}
