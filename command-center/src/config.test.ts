import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const least = { DATABASE_URL: 'postgres://sl@127.0.0.1/sl' };

test('the least environment listens on loopback at the base port', () => {
  expect(readConfig(least)).toMatchObject({
    host: '127.0.0.1',
    port: 7400,
    tls: null,
    registerKeyFile: null,
    media: null,
    demo: false,
    sampleCamera: false,
  });
});

test('a sample camera is what the environment says it is', () => {
  expect(readConfig({ ...least, SIGHTLINE_SAMPLE_CAMERA: '1' }).sampleCamera).toBe(true);
  expect(readConfig({ ...least, SIGHTLINE_SAMPLE_CAMERA: '0' }).sampleCamera).toBe(false);
});

test.each([
  [{}, /DATABASE_URL is not set/],
  [{ ...least, SIGHTLINE_CENTRE_HOST: '0.0.0.0' }, /would listen on 0\.0\.0\.0 without TLS/],
  [{ ...least, SIGHTLINE_CENTRE_PORT: '74oo' }, /"74oo"; a port/],
  [{ ...least, SIGHTLINE_CENTRE_TLS_CERT: 'a.pem' }, /must be set together/],
  [{ ...least, SIGHTLINE_COMPLAINT_DAYS: '0' }, /"0"; 1 to 365 days/],
  [{ ...least, SIGHTLINE_MEDIA_SECRET: 'short' }, /has 5 characters; 32 or more/],
  [
    { ...least, SIGHTLINE_MEDIA_SECRET: 's'.repeat(32), SIGHTLINE_MEDIA_URL: 'media:7410' },
    /"media:7410"; http\(s\):\/\/host:port/,
  ],
])('%j is refused with one sentence', (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(sentence);
});

test('a media server belongs to the centre where both know its secret', () => {
  const secret = 's'.repeat(32);
  const near = readConfig({ ...least, SIGHTLINE_MEDIA_SECRET: secret });
  expect(near.media).toEqual({ secret, url: 'http://127.0.0.1:7410' });
  const url = 'https://media.example:8443';
  const far = readConfig({ ...least, SIGHTLINE_MEDIA_SECRET: secret, SIGHTLINE_MEDIA_URL: url });
  expect(far.media?.url).toBe(url);
});

test('with TLS the centre may listen for others', () => {
  const config = readConfig({
    ...least,
    SIGHTLINE_CENTRE_HOST: '0.0.0.0',
    SIGHTLINE_CENTRE_TLS_CERT: 'a.pem',
    SIGHTLINE_CENTRE_TLS_KEY: 'a.key',
    SIGHTLINE_CENTRE_PUBLIC_HOSTS: 'Duty.example, duty.example:8443',
  });
  expect(config.publicHosts).toEqual(['duty.example', 'duty.example:8443']);
  expect(config.tls).toEqual({ certificateFile: 'a.pem', keyFile: 'a.key' });
});
