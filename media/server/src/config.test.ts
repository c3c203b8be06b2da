import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const secret = 'x'.repeat(32);
const read = (env: Record<string, string>) =>
  readConfig({ SIGHTLINE_MEDIA_SECRET: secret, ...env });

describe('the settings', () => {
  test('stand without anything but the secret', () => {
    expect(read({})).toMatchObject({
      host: '127.0.0.1',
      port: 7410,
      tls: null,
      rtc: { ip: '127.0.0.1', ports: { min: 7420, max: 7499 }, announced: null },
      turn: null,
      workers: null,
      plain: 'closed',
    });
  });

  test('take one port, an address behind a NAT, and a TURN server', () => {
    const config = read({
      SIGHTLINE_MEDIA_RTC_PORTS: '7420',
      SIGHTLINE_MEDIA_ANNOUNCED: '203.0.113.7:5000',
      SIGHTLINE_MEDIA_TURN: 'turn:turn.example:3478,turns:turn.example:5349',
      SIGHTLINE_MEDIA_TURN_SECRET_FILE: '/run/secrets/turn-secret',
    });
    expect(config.rtc.ports).toEqual({ min: 7420, max: 7420 });
    expect(config.rtc.announced).toEqual({ address: '203.0.113.7', port: 5000 });
    expect(config.turn?.urls).toHaveLength(2);
    const six = read({ SIGHTLINE_MEDIA_ANNOUNCED: '[2001:db8::1]' });
    expect(six.rtc.announced).toEqual({ address: '2001:db8::1', port: null });
  });

  test.each([
    [{ SIGHTLINE_MEDIA_SECRET: 'short' }, 'SIGHTLINE_MEDIA_SECRET'],
    [{ SIGHTLINE_MEDIA_HOST: '0.0.0.0' }, 'without TLS'],
    [{ SIGHTLINE_MEDIA_TLS_CERT: 'a.pem' }, 'together'],
    [{ SIGHTLINE_MEDIA_PORT: '70000' }, 'SIGHTLINE_MEDIA_PORT'],
    [{ SIGHTLINE_MEDIA_RTC_PORTS: '7499-7420' }, 'SIGHTLINE_MEDIA_RTC_PORTS'],
    [{ SIGHTLINE_MEDIA_RTC_IP: 'localhost' }, 'SIGHTLINE_MEDIA_RTC_IP'],
    [{ SIGHTLINE_MEDIA_CENTRE_URL: 'centre' }, 'SIGHTLINE_MEDIA_CENTRE_URL'],
    [{ SIGHTLINE_MEDIA_TURN: 'turn:a' }, 'SIGHTLINE_MEDIA_TURN_SECRET_FILE'],
    [{ SIGHTLINE_MEDIA_TURN: 'http://a' }, 'turn: or turns:'],
    [{ SIGHTLINE_MEDIA_PLAIN: '1' }, 'closed, loopback, open'],
    [{ SIGHTLINE_MEDIA_WORKERS: '0' }, 'SIGHTLINE_MEDIA_WORKERS'],
  ])('that are wrong are named: %o', (env, named) => {
    expect(() => read(env)).toThrow(named);
  });
});
