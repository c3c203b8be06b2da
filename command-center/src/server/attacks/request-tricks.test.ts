import { afterAll, beforeAll, expect, test } from 'vitest';
import { enter } from '../testing-console.ts';
import { startTestCentre, type TestCentre } from '#testing/start-test-centre.ts';
import { request, sendRaw } from './testing-attack.ts';

/* What a client says about itself, or about where its request ends, changes nothing. */

let on: TestCentre;
let port: number;
let host: string;
let cookie: string;
beforeAll(async () => {
  on = await startTestCentre();
  ({ port } = on.centre);
  host = `127.0.0.1:${port}`;
  const now = Temporal.Now.instant();
  cookie = await enter(on.store, { roles: ['dispatcher'], region: '540235', now });
}, 60_000);
afterAll(() => on[Symbol.asyncDispose]());

const get = (path: string, more: readonly string[] = [], first = `Host: ${host}`) =>
  sendRaw(port, request([`GET ${path} HTTP/1.1`, first, 'Connection: close', ...more]));

test('a Host that is not ours gets nothing, however it is dressed up', async () => {
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1:${port + 1}`,
    '127.0.0.1',
    `127.0.0.1:${port}@evil.example`,
    `evil.example#127.0.0.1:${port}`,
    `127.0.0.1:${port}.evil.example`,
    `127.0.0.1.:${port}`,
    `0x7f000001:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    '',
  ];
  for (const each of hosts) {
    const { status } = await get('/api/me', [`Cookie: ${cookie}`], `Host: ${each}`);
    expect([each, status === 421 || status === 400]).toEqual([each, true]);
  }
  expect((await get('/api/me', [`Cookie: ${cookie}`])).status).toBe(200);
});

test('two Hosts, none, and a whole address where a path belongs are refused', async () => {
  const twice = await get('/api/me', ['Host: evil.example', `Cookie: ${cookie}`]);
  expect(twice.status).toBe(400);
  const none = await sendRaw(port, request(['GET /api/me HTTP/1.1', 'Connection: close']));
  expect(none.status).toBe(400);
  for (const target of [`http://${host}/api/me`, 'http://evil.example/api/me', '*', 'api/me']) {
    const { status } = await get(target, [`Cookie: ${cookie}`]);
    expect([target, status]).toEqual([target, 400]);
  }
});

test('however an address is written, the gate stands before the route it leads to', async () => {
  const ways = [
    '/api/accounts',
    '/%61pi/accounts',
    '/api%2Faccounts',
    '//api/accounts',
    '/./api/accounts',
    '/API/accounts',
    '/api/accounts/',
    '/api/accounts;x=1',
    '/api/accounts?role=administrator',
    '/api/accounts%00',
  ];
  for (const way of ways) {
    const nobody = await get(way);
    const dispatcher = await get(way, [`Cookie: ${cookie}`]);
    expect([way, [400, 401, 404].includes(nobody.status)]).toEqual([way, true]);
    expect([way, [400, 403, 404].includes(dispatcher.status)]).toEqual([way, true]);
  }
  expect((await get('/%61pi/accounts')).status).toBe(401);
  // Below /console/ everything is the same empty page: the server walks no path upwards.
  const page = await get('/console/../api/accounts', [`Cookie: ${cookie}`]);
  expect(page.text).not.toContain('application/json');
  expect((await get('/assets/..%2f..%2fpackage.json')).status).toBe(404);
});

test('nobody becomes another by saying who forwarded them or which method they mean', async () => {
  const claims = [
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'Forwarded: for=127.0.0.1;host=evil.example;proto=https',
    'X-Real-IP: 127.0.0.1',
    'X-Original-URL: /api/accounts',
    'X-Rewrite-URL: /api/accounts',
    'X-HTTP-Method-Override: DELETE',
    'X-Method-Override: DELETE',
    'X-Remote-User: admin',
  ];
  const reply = await get('/api/me', [...claims, `Cookie: ${cookie}`]);
  expect(reply.status).toBe(200);
  expect(reply.text).not.toContain('evil.example');
  expect(reply.text.toLowerCase()).not.toContain('\r\nlocation:');
  expect((await get('/api/me?_method=DELETE', [`Cookie: ${cookie}`])).status).toBe(200);
  const address = await on.store.pool.query<{ n: number }>(
    "select count(*)::int as n from session where address like '%evil%'",
  );
  expect(address.rows).toEqual([{ n: 0 }]);
});

const smuggled = 'GET /api/accounts HTTP/1.1\r\nHost: x\r\n\r\n';

test.each([
  ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
  ['two lengths', ['Content-Length: 4', 'Content-Length: 40']],
  ['a length that is no number', ['Content-Length: +4']],
  ['a hidden encoding', ['Content-Length: 4', 'Transfer-Encoding: xchunked']],
  ['a blank before the colon', ['Content-Length : 4', 'Transfer-Encoding: chunked']],
  ['a folded header', ['X-A: b\r\n  c', 'Content-Length: 4']],
  ['a bare line feed', ['X-A: b\nX-B: c', 'Content-Length: 4', 'Transfer-Encoding: chunked']],
  ['a NUL', ['X-A: b\0c']],
])('%s: where the request ends is never guessed', async (_, lines) => {
  const head = ['POST /api/session HTTP/1.1', `Host: ${host}`, `Origin: http://${host}`];
  const whole = request(
    [...head, 'Content-Type: application/json', ...lines],
    `0\r\n\r\n${smuggled}`,
  );
  const reply = await sendRaw(port, whole);
  expect(reply.status).toBe(400);
  // One answer: what came behind was not taken for a request of its own.
  expect(reply.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

test('a line break in an address or a header splits nothing', async () => {
  const path = '/console/%0d%0aSet-Cookie:%20sightline-session=stolen';
  const reply = await get(path);
  expect(reply.text.toLowerCase()).not.toContain('\r\nset-cookie:');
  const wrong = await get('/nowhere%0d%0aX-Injected:%20yes');
  expect(wrong.status).toBe(404);
  expect(wrong.text).not.toMatch(/^x-injected/im);
});

test('methods nobody serves are answered without doing anything', async () => {
  for (const method of ['TRACE', 'OPTIONS', 'PUT', 'PATCH', 'PROPFIND']) {
    const lines = [`${method} /api/sessions HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`];
    const reply = await sendRaw(
      port,
      request([...lines, `Cookie: ${cookie}`, 'X-Secret: echo', 'Connection: close']),
    );
    expect([method, reply.status >= 400]).toEqual([method, true]);
    expect(reply.text).not.toContain('echo');
    expect(reply.text.toLowerCase()).not.toContain('access-control-allow');
  }
  const tunnel = await sendRaw(
    port,
    request(['CONNECT evil.example:443 HTTP/1.1', `Host: ${host}`]),
  );
  expect(tunnel.status === 0 || tunnel.status >= 400).toBe(true);
});
