import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveLimits } from '#live/limits.ts';
import { openPage } from '#testing/open-page.ts';
import { screenCookie, startTestCentre, type TestCentre } from '#testing/start-test-centre.ts';
import { request, sendRaw } from './testing-attack.ts';

/* A page that has a right to look and does not behave, and those that have none. */

let on: TestCentre;
let url: string;
let cookie: string;
beforeAll(async () => {
  on = await startTestCentre();
  ({ url } = on.centre);
  cookie = await screenCookie(on, '5402');
}, 120_000);
afterAll(() => on[Symbol.asyncDispose]());

/** Regions that exist nowhere, one after another. */
const region = (index: number) => `540235${String(100 + (index % 900))}`;

test('a page that asks for a thousand rooms is dropped; one beside it goes on hearing', async () => {
  using well = await openPage(url, { cookie });
  expect(await well.watch('5402')).toMatchObject({ ok: true });
  using flood = await openPage(url, { cookie });
  const gone = new Promise((resolve) => flood.socket.once('disconnect', resolve));
  let answered = 0;
  for (let index = 0; index < 1_000; index += 1) {
    flood.socket.emit('watch', region(index), () => (answered += 1));
  }
  await gone;
  expect(answered).toBeLessThanOrEqual(liveLimits.messagesPerSpan);
  const heard = well.pulses.length;
  await well.pulse(() => well.pulses.length > heard);
  expect(well.socket.connected).toBe(true);
});

test('a person who drills quickly through fifty places is not dropped', async () => {
  using page = await openPage(url, { cookie });
  for (let index = 0; index < 50; index += 1) {
    expect(await page.watch(region(index))).toMatchObject({ ok: true });
  }
  expect(page.socket.connected).toBe(true);
});

test('a huge frame, and words nobody knows, end the page that sends them and nothing else', async () => {
  using large = await openPage(url, { cookie });
  const gone = new Promise((resolve) => large.socket.once('disconnect', resolve));
  large.socket.emit('watch', 'x'.repeat(4 * liveLimits.bytesPerMessage), () => undefined);
  await gone;
  using strange = await openPage(url, { cookie });
  const asked: unknown[] = [null, 7, {}, ['5402'], '__proto__', '', '5402\u0000', '5402/../5403'];
  for (const each of asked) {
    const answer: unknown = await strange.socket
      .timeout(10_000)
      // Not what the words allow: that is what is tried.
      .emitWithAck('watch', each as string);
    expect([each, answer]).toMatchObject([each, { ok: false }]);
  }
  const raw = strange.socket as unknown as { emit: (name: string, ...more: unknown[]) => void };
  for (const name of ['frame', '__proto__', 'toString']) raw.emit(name, {});
  expect(await strange.watch('5402')).toMatchObject({ ok: true });
});

test('nobody, a foreign page and a half-open handshake get no page and hold no place', async () => {
  const { port } = on.centre;
  await expect(openPage(url, {})).rejects.toThrow('not-signed-in');
  await expect(openPage(url, { cookie, origin: 'https://evil.example' })).rejects.toThrow();
  const upgrade = (more: readonly string[]) =>
    request([
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...more,
    ]);
  expect((await sendRaw(port, upgrade([]))).status).toBe(400);
  const polling = request([
    'GET /socket.io/?EIO=4&transport=polling HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${url}`,
    `Cookie: ${cookie}`,
    'Connection: close',
  ]);
  expect((await sendRaw(port, polling)).status).toBe(400);
  // Upgraded, and then silent: it never says which page it is.
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  silent.resume().on('error', () => undefined);
  silent.write(upgrade([`Origin: ${url}`, `Cookie: ${cookie}`]));
  const began = performance.now();
  await once(silent, 'close');
  expect(performance.now() - began).toBeLessThan(liveLimits.handshakeMs + 20_000);
}, 60_000);
